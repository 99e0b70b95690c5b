# Completion of mhlit in bash. Written by `mhlit completion`; `mhlit completion remove bash` takes it away.

_mhlit() {
    local line kind=""
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
        else
            COMPREPLY+=("$line")
        fi
    done < <(_MHLIT_COMPLETE="bash:${COLUMNS:-80}:$COMP_TYPE" "${1/#\~/$HOME}" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    case $kind in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
        part) compopt -o nospace 2>/dev/null ;;
    esac
}

complete -F _mhlit mhlit
