#compdef mhlit
# Completion of mhlit in zsh. Written by `mhlit completion`; `mhlit completion remove zsh` takes it away.

_mhlit() {
    local -a answer values shown unsorted
    local line kind
    answer=("${(@f)$(_MHLIT_COMPLETE="zsh:${COLUMNS:-80}" "${~words[1]}" "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    kind=$answer[1]
    case $kind in
        files) _files; return ;;
        folders) _files -/; return ;;
    esac
    for line in "${(@)answer[2,-1]}"; do
        values+=("${line%%$'\t'*}")
        shown+=("${line#*$'\t'}")
    done
    (( $#values )) || return 1
    case $kind in
        # What was typed is not how these begin: it is replaced.
        other) compstate[insert]=menu; compadd -U -V mhlit -l -d shown -a values ;;
        part) compadd -S '' -V mhlit -M 'm:{a-zA-Z}={A-Za-z}' -l -d shown -a values ;;
        *) compadd -V mhlit -M 'm:{a-zA-Z}={A-Za-z}' -l -d shown -a values ;;
    esac
}

if [[ $funcstack[1] == _mhlit ]]; then
    _mhlit "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
    compdef _mhlit mhlit
fi
