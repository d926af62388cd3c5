# Completion of oneiric for fish. In ~/.config/fish/config.fish:  oneiric completion fish | source
function __oneiric_complete
    set -l words (commandline -opc)
    for line in ($words[1] __complete $words[2..-1] (commandline -ct) 2>/dev/null)
        switch $line
            case :file
                __fish_complete_path (commandline -ct)
            case :folder
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c oneiric -f -k -a '(__oneiric_complete)'
