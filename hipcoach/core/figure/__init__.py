"""The figure: a person made of lines and discs who does a movement; pure geometry, poses in, drawings out."""
