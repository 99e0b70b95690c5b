# Completion of mhlit in fish. Written by `mhlit completion`; `mhlit completion remove fish` takes it away.

function __mhlit_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l answer (_MHLIT_COMPLETE=fish $typed[1] $typed[2..-1] "$current" 2>/dev/null)
    switch "$answer[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
        case '*'
            printf '%s\n' $answer[2..-1]
    end
end

complete --command mhlit --no-files --arguments '(__mhlit_complete)'
