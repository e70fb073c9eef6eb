"""The short text form of a routine, for those who will not write TOML: lines such as "Clamshell 12/side"."""
