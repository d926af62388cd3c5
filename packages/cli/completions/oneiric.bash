# Completion of oneiric for bash. In ~/.bashrc:  eval "$(oneiric completion bash)"
_oneiric() {
  local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} words current quote='' kept='' value
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=${words[${#words[@]}-1]}
  [[ $current == [\"\']* ]] && quote=${current:0:1}
  # Outside of quotes bash replaces only what stands behind the last of these characters.
  [[ -n $word && $COMP_WORDBREAKS == *"$word"* ]] && word=''
  [[ -z $quote ]] && kept=${current%"$word"}
  words=("${words[@]//[\"\']/}")
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    case $value in
      :file) compopt -o default 2>/dev/null ;;
      :folder) compopt -o dirnames 2>/dev/null ;;
      *)
        [[ $value == *= ]] && compopt -o nospace 2>/dev/null
        value=${value#"$kept"}
        [[ -z $quote && $value == *[\(\)]* ]] && printf -v value %q "$value"
        COMPREPLY+=("$value")
        ;;
    esac
  done < <("${words[0]}" __complete "${words[@]:1}" 2>/dev/null)
}
complete -F _oneiric oneiric
