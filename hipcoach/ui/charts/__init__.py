"""Charts as lines of styled text, worked out from numbers and a size; no widgets."""
