#compdef oneiric
# Completion of oneiric for zsh. In ~/.zshrc, after compinit:  eval "$(oneiric completion zsh)"
_oneiric() {
  local line value
  local -a closed open
  for line in "${(@f)$("$words[1]" __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
    value=${line%%$'\t'*}
    case $value in
      '') ;;
      :file) _files; return ;;
      :folder) _files -/; return ;;
      *=) open+=("${value//:/\\:}:${line#*$'\t'}") ;;
      *) closed+=("${value//:/\\:}:${line#*$'\t'}") ;;
    esac
  done
  (( $#closed )) && _describe -V oneiric closed
  (( $#open )) && _describe -V oneiric open -S ''
  (( $#closed + $#open ))
}
if [[ $funcstack[1] == _oneiric ]]; then _oneiric "$@"; else compdef _oneiric oneiric; fi
