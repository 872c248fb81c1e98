"""The schemas of host_sdk/schema, as they are and closed: what our own side writes has no member that nobody described."""
import json
import pathlib
import warnings

import jsonschema

with warnings.catch_warnings():  # newer versions have another way, Debian 12 has this one
    warnings.simplefilter("ignore")
    from jsonschema import RefResolver

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "host_sdk" / "schema"
OPEN = {name.name.removesuffix(".schema.json"): json.loads(name.read_text()) for name in FOLDER.glob("*.schema.json")}


def closed(node):
    """No member and no value but those that are described."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    result = {}
    for key, value in node.items():
        result[key] = value if key in ("examples", "const", "enum") else closed(value)
    choice = result.get("anyOf")
    if choice and len(choice) == 2 and "enum" in choice[0] and choice[1] == {"type": "string"}:
        del result["anyOf"]
        result["enum"] = choice[0]["enum"]
    if "allOf" in result:  # one of several kinds of block, each closed by itself
        result["properties"] = {"type": {"enum": [one["if"]["properties"]["type"]["const"] for one in result["allOf"]]}}
    elif isinstance(result.get("properties"), dict) and "if" not in result and result.get("type") == "object":
        result["additionalProperties"] = False
    return result


CLOSED = {name: closed(schema) for name, schema in OPEN.items()}


def validators(schemas):
    store = {schema["$id"]: schema for schema in schemas.values()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {name: jsonschema.Draft202012Validator(schema, resolver=RefResolver.from_schema(schema, store=store))
                for name, schema in schemas.items()}


AS_READ, AS_WRITTEN = validators(OPEN), validators(CLOSED)


def complaints(name, document):
    """What is wrong with a document that our own side wrote, one line each."""
    return [f"{name}{''.join(f'/{step}' for step in error.absolute_path)}: {error.message[:200]}"
            for error in AS_WRITTEN[name].iter_errors(document)]


def undescribed(node, path=""):
    """Members without a word on what they are."""
    found = []
    if isinstance(node, dict):
        for name, member in node.get("properties", {}).items() if "if" not in path else ():
            if isinstance(member, dict) and "description" not in member:
                found.append(f"{path}/{name}")
        for key, value in node.items():
            if key not in ("examples", "if"):
                found += undescribed(value, f"{path}/{key}")
    elif isinstance(node, list):
        for at, one in enumerate(node):
            found += undescribed(one, f"{path}/{at}")
    return found


def faults():
    """What is wrong with the schemas themselves."""
    found = []
    for name, schema in OPEN.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        found += [f"{name}{path} has no description" for path in undescribed(schema)]
        if not schema.get("examples"):
            found.append(f"{name} has no example")
        for example in schema.get("examples", []):
            found += [f"example of {line}" for line in complaints(name, example)]
            grown = {**example, "added_later": 1} if isinstance(example, dict) and "properties" in schema else example
            found += [f"{name} is not open: {error.message}" for error in AS_READ[name].iter_errors(grown)]
    return found
