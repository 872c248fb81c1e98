"""The interface as it is described: OpenAPI, held against the running host; problems; keys of payloads."""
import json
import re
import unittest
import urllib.parse

from host import Host, ROOT, lead

PASSWORD = "password-of-chef"


def matches(schema, value, root):
    """Why `value` is not as the schema says, in the part of JSON Schema that the description uses; empty: it is."""
    while "$ref" in schema:
        at = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            at = at[part]
        schema = at
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    if "const" in schema and value != schema["const"]:
        return f"{value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{value!r} is none of {schema['enum']}"
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(value is None if one == "null" else isinstance(value, kinds[one]) for one in wanted):
        return f"{value!r} is no {schema['type']}"
    for name in schema.get("required", []):
        if name not in value:
            return f"{name} is missing in {value}"
    for name, inner in schema.get("properties", {}).items():
        if isinstance(value, dict) and name in value and (why := matches(inner, value[name], root)):
            return f"{name}: {why}"
    if isinstance(value, list):
        for each in value:
            if why := matches(schema.get("items", {}), each, root):
                return why
    return ""


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.close)
        (cls.host.folder / "token").write_text("watcher\n")
        cls.host.on_data("plugin", "enable", "lead_system")
        cls.host.on_data("user", "add", "chef", "--name", "Clara Chef", "--role", "admin", "--password-file", "-",
                         text=PASSWORD + "\n")
        cls.host.serve(f'metrics-token-file "{cls.host.folder}/token"')
        cls.token = cls.host.token("web_json")
        cls.described = json.loads(cls.host.ask("GET", "/openapi.json")[1])
        status, text, headers = cls.sign_in(PASSWORD)
        cls.csrf = json.loads(text)["csrf"]
        cls.cookie = headers["Set-Cookie"].split(";")[0]

    @classmethod
    def sign_in(cls, password):
        form = urllib.parse.urlencode({"user": "chef", "password": password})
        return cls.host.ask("POST", "/login", form, {"Accept": "application/json",
                                                     "Content-Type": "application/x-www-form-urlencoded"})

    def check(self, operation, answer, expected):
        """The answer is one of those that the operation's description names, in a form that it names."""
        status, text, headers = answer
        self.assertEqual(status, expected, text)
        found = next(described for methods in self.described["paths"].values() for described in methods.values()
                     if described["operationId"] == operation)
        self.assertIn(str(status), found["responses"], f"{operation}: {text}")
        content = found["responses"][str(status)].get("content", {})
        kind = headers.get("Content-Type", "").split(";")[0]
        if not content:
            return None
        self.assertIn(kind, content, f"{operation} {status}: {text}")
        if not kind.endswith("json"):
            return text
        document = json.loads(text)
        self.assertEqual(matches(content[kind].get("schema", {}), document, self.described), "", f"{operation} {status}")
        if kind == "application/problem+json":
            self.assertEqual(document["status"], status)
            self.assertEqual(document["detail"], document["error"])
            self.assertEqual(document["correlation"], headers["X-Correlation-Id"])
        return document

    def intake(self, payload, source="web_json", token=None, **headers):
        return self.host.ask("POST", f"/intake/{source}", payload,
                             {"Authorization": f"Bearer {token or self.token}", "Content-Type": "application/json",
                              **{name.replace("_", "-"): value for name, value in headers.items()}})

    def person(self, method, path, body=None, **headers):
        return self.host.ask(method, path, body, {"Accept": "application/json", "Cookie": self.cookie,
                                                  "Content-Type": "application/json",
                                                  **{name.replace("_", "-"): value for name, value in headers.items()}})

    def test_what_is_served_is_the_file_of_the_sdk(self):
        self.assertEqual(self.described, json.loads((ROOT / "host_sdk/schema/openapi.json").read_text()))
        self.assertTrue(self.described["openapi"].startswith("3.1"))
        text = json.dumps(self.described)
        for reference in re.findall(r'"\$ref": "#/([^"]+)"', text):
            at = self.described
            for part in reference.split("/"):
                self.assertIn(part, at, reference)
                at = at[part]

    def test_every_route_is_described(self):
        """Pages' files and the way to one's first page alone are not for programs."""
        source = (ROOT / "host_sdk/reference_host/web/server.cpp").read_text()
        served = {({"get": "get", "form": "post"}[kind], path)
                  for kind, path in re.findall(r'\b(get|form)_route\{"([^"]+)"', source)}
        described = {(method, re.sub(r"\{[^}]*\}", "*", path))
                     for path, methods in self.described["paths"].items() for method in methods}
        self.assertEqual(served - described - {("get", "/"), ("get", "/assets/*")}, set())
        self.assertEqual(described - served - {("post", "/intake/*")}, set())

    def test_intake(self):
        self.check("intake", self.intake(lead(1)), 200)
        self.check("intake", self.intake(lead(1), token="nobody"), 401)
        self.check("intake", self.intake("x" * 10, Content_Type="image/png"), 415)
        self.check("intake", self.intake(lead(1), Content_Encoding="br"), 415)
        self.check("intake", self.intake("no gzip", Content_Encoding="gzip"), 400)
        every = self.host.token("*")
        self.check("intake", self.intake(lead(1), source="nobody", token=every), 404)
        self.check("intake", self.intake("x" * (33 << 20)), 413)

    def test_a_key_is_answered_the_same_again_and_is_for_one_payload(self):
        first = self.check("intake", self.intake(lead("key"), Idempotency_Key="k-1"), 200)
        again = self.intake(lead("key"), Idempotency_Key="k-1")
        self.assertEqual(self.check("intake", again, 200), first)  # "accepted" again, where without a key "repeated"
        self.assertEqual(first["accepted"], 1)
        self.assertEqual(again[2]["Idempotency-Replayed"], "true")
        self.assertEqual(json.loads(self.intake(lead("key"))[1])["repeated"], 1)
        self.check("intake", self.intake(lead("other"), Idempotency_Key="k-1"), 422)
        self.check("intake", self.intake(lead("long"), Idempotency_Key="k" * 201), 400)
        # Another sender's key is another key.
        other = self.check("intake", self.intake(lead("third"), token=self.host.token("*"), Idempotency_Key="k-1"), 200)
        self.assertEqual(other["accepted"], 1)

    def test_signing_in_and_out(self):
        self.check("sign_in", self.sign_in(PASSWORD), 200)
        self.check("sign_in", self.sign_in("wrong"), 401)
        self.check("sign_out", self.host.ask("POST", "/logout", "", {"Accept": "application/json"}), 401)

    def test_single_sign_on_that_nobody_set_up(self):
        self.check("begin_single_sign_on", self.host.ask("GET", "/login/openid", headers={"Accept": "application/json"}), 404)
        self.check("end_single_sign_on", self.host.ask("GET", "/login/openid/back", headers={"Accept": "application/json"}), 404)
        self.check("sign_in_page", self.host.ask("GET", "/login"), 200)

    def test_files_for_other_programs(self):
        self.check("calendar", self.host.ask("GET", "/calendar/nobody.ics", headers={"Accept": "application/json"}), 404)
        self.check("calendar_file", self.person("GET", "/screens/host.contacts/export.ics?contact=4711"), 404)
        self.check("customer_card", self.person("GET", "/screens/host.customer/export.vcf?id=4711"), 404)
        self.check("search", self.person("GET", "/search?q=x"), 303)

    def test_screens(self):
        self.check("menu", self.person("GET", "/menu"), 200)
        self.check("menu", self.host.ask("GET", "/menu", headers={"Accept": "application/json"}), 401)
        self.check("screen", self.person("GET", "/screens/leads.settings"), 200)
        self.check("screen", self.person("GET", "/screens/leads.nothing"), 404)
        self.check("screen", self.host.ask("GET", "/screens/leads.settings", headers={"Accept": "application/json"}), 401)
        self.check("export", self.person("GET", "/screens/host.audit/export.csv"), 200)
        self.check("export", self.person("GET", "/screens/leads.nothing/export.csv"), 404)

    def test_actions(self):
        act = lambda name, values, csrf=self.csrf: self.person(
            "POST", f"/screens/leads.settings/actions/{name}", json.dumps(values), X_CSRF_Token=csrf)
        self.check("act", act("grant", {"user": "chef", "category": "siebel_nissan", "scope": "all"}), 200)
        self.check("act", act("grant", {"user": "chef", "category": "siebel_nissan", "scope": "some"}), 422)
        self.check("act", act("nothing", {}), 404)
        self.check("act", act("grant", {}, csrf="wrong"), 403)

    def test_health_and_numbers(self):
        for operation, path in (("health", "/health"), ("ready", "/health/ready"), ("live", "/health/live"),
                                ("description", "/openapi.json")):
            self.check(operation, self.host.ask("GET", path), 200)
        self.check("metrics", self.host.ask("GET", "/metrics", headers={"Authorization": "Bearer watcher"}), 200)
        self.check("metrics", self.host.ask("GET", "/metrics"), 401)


if __name__ == "__main__":
    unittest.main(verbosity=2)
