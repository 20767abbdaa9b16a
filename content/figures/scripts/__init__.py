"""One script a figure: a module ``map_of_things`` draws ``map-of-things.png``."""
