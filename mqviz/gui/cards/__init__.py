"""The cards of the picture, one module for each kind of node. A card paints itself at the origin, in pixels at 100 %."""
