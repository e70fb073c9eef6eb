"""Pictures of the figure: a drawing in, rows of terminal cells or SVG out. No files, no terminal."""
