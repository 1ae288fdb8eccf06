"""Validates FollowTheMoney entities: validate.py ENTITIES.jsonl [SCHEMA_FOLDER ...]

Each entity is held against the schema of the installed package, and against those in further folders.
"""

import json
import sys

from followthemoney import model as installed
from followthemoney.model import Model


def problems(model, entities):
    """What is wrong, by the number of the line."""
    schemata = {entity["id"]: model.get(entity["schema"]) for entity in entities}
    if len(schemata) != len(entities):
        yield 0, "an id stands for two entities"
    for number, entity in enumerate(entities, 1):
        if sorted(entity) != ["id", "properties", "schema"]:
            yield number, "has other members than id, schema and properties"
        schema = model.get(entity["schema"])
        if schema is None or schema.abstract:
            yield number, f"{entity['schema']} is no schema for entities"
            continue
        for name in set(schema.required) - set(entity["properties"]):
            yield number, f"{schema.name}.{name} is required"
        proxy = model.get_proxy(entity, cleaned=False)
        if proxy.id != entity["id"]:
            yield number, "the id is not kept"
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            if prop is None or prop.stub or prop.deprecated:
                yield number, f"{schema.name}.{name} is no property to write"
                continue
            kept = proxy.get(name)
            for value in values:
                if value not in kept:
                    yield number, f"{prop.qname}: {value!r} is kept as {kept!r}"
                if len(value) > prop.max_length:
                    yield number, f"{prop.qname}: {value!r} is too long"
                if prop.type.name != "entity":
                    continue
                other = schemata.get(value)
                if other is None or not other.is_a(prop.range):
                    yield number, f"{prop.qname}: {value!r} is no {prop.range.name} of this file"


def main(path, folders):
    with open(path, encoding="utf-8") as lines:
        entities = [json.loads(line) for line in lines]
    if not entities:
        sys.exit(f"{path} has no entities")
    found = 0
    for what, model in [("installed", installed)] + [(folder, Model(folder)) for folder in folders]:
        for number, problem in problems(model, entities):
            print(f"{path}:{number}: {problem} ({what})", file=sys.stderr)
            found += 1
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
