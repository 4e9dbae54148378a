"""What pySHACL finds in a landscape, a count for each shape: shacl.py FILE SHAPES."""

import sys
from collections import Counter

import pyshacl
import rdflib
from rdflib import SH

data, shapes = (rdflib.Graph().parse(path) for path in sys.argv[1:])
_, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
found = Counter(str(shape).rpartition("/")[2].rpartition("#")[2] for shape in report.objects(None, SH.sourceShape))
sys.stdout.write("".join(f"{shape} {count}\n" for shape, count in sorted(found.items())))
