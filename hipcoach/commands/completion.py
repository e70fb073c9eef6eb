"""`hipcoach completion SHELL`: a script that completes command lines; it asks `hipcoach` itself each time.

Written by hand rather than by a package: argcomplete knows argparse only by taking it apart, and shtab writes
all words into the script, where the user's own routines cannot be known.
"""

from __future__ import annotations

from argparse import Namespace
from enum import StrEnum

from hipcoach.commands.arguments import make_parser
from hipcoach.commands.candidates import candidates
from hipcoach.commands.printing import say
from hipcoach.core.catalog import Catalog
from hipcoach.paths import AppPaths
from hipcoach.storage.user_catalog import load_catalog


class Shell(StrEnum):
    """The shells that a script is there for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


SCRIPTS = {
    Shell.BASH: """\
# Completion of hipcoach for bash. For every new shell, put this line into ~/.bashrc:
#   source <(hipcoach completion bash)
_hipcoach() {
    local line path
    COMPREPLY=()
    while IFS= read -r line; do
        case "$line" in
            :files|:directories)
                compopt -o filenames 2>/dev/null
                [ "$line" = :files ] && line=-f || line=-d
                while IFS= read -r path; do
                    COMPREPLY+=("$path")
                done < <(compgen "$line" -- "${COMP_WORDS[COMP_CWORD]#=}")
                ;;
            ?*) COMPREPLY+=("${line%%$'\\t'*}") ;;
        esac
    done < <("${COMP_WORDS[0]}" completion --words "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _hipcoach hipcoach
""",
    Shell.ZSH: """\
#compdef hipcoach
# Completion of hipcoach for zsh. For every new shell, put this line into ~/.zshrc, after compinit:
#   source <(hipcoach completion zsh)
_hipcoach() {
    local line
    local -a described
    for line in "${(@f)$("${words[1]}" completion --words "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        case "$line" in
            :files) [[ "$PREFIX" == --*=* ]] && compset -P 1 '*='; _files ;;
            :directories) [[ "$PREFIX" == --*=* ]] && compset -P 1 '*='; _files -/ ;;
            ?*) described+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}") ;;
        esac
    done
    (( ${#described} )) && _describe hipcoach described
}
if [[ "${funcstack[1]}" == _hipcoach ]]; then
    _hipcoach "$@"
else
    compdef _hipcoach hipcoach
fi
""",
    Shell.FISH: """\
# Completion of hipcoach for fish. For every new shell:
#   hipcoach completion fish > ~/.config/fish/completions/hipcoach.fish
function __hipcoach_candidates
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in ($before[1] completion --words $before[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path $current
            case ':directories'
                __fish_complete_directories $current
            case '?*'
                echo $line
        end
    end
end
complete -c hipcoach -f -a '(__hipcoach_candidates)'
""",
}


def run(options: Namespace, paths: AppPaths) -> int:
    """Print the script, or with `--words` what the last of the words can be."""
    if options.words is None:
        say(SCRIPTS[options.shell].rstrip("\n"))
        return 0

    def catalog() -> Catalog:
        return load_catalog(paths.config)[0]

    for each in candidates(make_parser(), options.words, catalog):
        print(f"{_in_one_piece(each.word)}\t{_in_one_piece(each.meaning)}" if each.meaning else each.word)
    return 0


def _in_one_piece(text: str) -> str:
    """The text without what would end the line or steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
