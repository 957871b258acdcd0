"""What schemathesis has to know to be let in: who signs in with a fresh proof, which ids there are, and a body that fits.

The first cases of each operation are sent as its recipe prepares them; all others are what schemathesis made up, with the
same session. Runs against the demo alone, whose mailbox shows codes and links. Environment: BASE, LIFT (the command
that clears limits), TALLY (the file with the answers of each operation).
"""
import base64, hashlib, hmac, json, os, random, re, struct, subprocess, threading, time
from collections import Counter, defaultdict

import requests
import schemathesis

BASE, TALLY = os.environ["BASE"], os.environ["TALLY"]
LIFT = json.loads(os.environ["LIFT"])
PASSWORD = "Orientation-Demo-2026"
FRESH_SECONDS = 200
PREPARED = 3
AHEAD = 6
LOCK = threading.RLock()
# schemathesis seeds the shared one anew for each operation.
CHANCE = random.SystemRandom()


def mails(to):
    return [one["text"] for one in requests.get(f"{BASE}/demo/messages", params={"to": to}).json()]


def found_in_mail(to, pattern):
    """Mails leave a moment after the answer."""
    for _ in range(50):
        for text in mails(to):
            if match := re.search(pattern, text, re.M):
                return match.group(1)
        time.sleep(0.1)
    raise RuntimeError(f"no mail to {to} has {pattern}")


def code_for(to):
    return found_in_mail(to, r"(?:^\s*|#)(\d{6})$")


def token_for(to):
    return found_in_mail(to, r"#(\S+\.\S+)")


def lift(*of_what):
    subprocess.run([*LIFT, *of_what], check=True, stdout=subprocess.DEVNULL)


class Person:
    """A person who signs in by password and a code of the demo's mailbox."""

    def __init__(self, username, email, password=PASSWORD):
        self.username, self.email, self.password = username, email, password
        self.proved, self.http = 0, requests.Session()

    def begin(self):
        if self.proved:
            lift("--account", self.username)
        http = requests.Session()
        http.post(f"{BASE}/api/sign-in/password", json={"username": self.username, "password": self.password})
        return http

    def fresh(self):
        if time.time() - self.proved > FRESH_SECONDS:
            self.http = self.begin()
            answer = self.http.post(f"{BASE}/api/sign-in/code", json={"code": code_for(self.email)})
            answer.raise_for_status()
            self.proved = time.time()
        return self

    def send(self, method, path, body=None, **more):
        return self.fresh().http.request(method, BASE + path, json=body, **more)

    def made(self, path, body=None, method="POST"):
        answer = self.send(method, path, body, headers=self.version_of(path) if method != "POST" else None)
        if not answer.ok:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return answer.json() if answer.content else {}

    def version_of(self, path):
        seen = self.send("GET", path)
        return {"If-Match": seen.headers.get("etag", '"1"')}


ADMIN = Person("support.national", "support.national@portillon.example")
_memory = {}


def once(name, make):
    if name not in _memory:
        _memory[name] = make()
    return _memory[name]


def unique(word):
    return f"{word}{CHANCE.randrange(10**9)}"


def siret():
    digits = f"{CHANCE.randrange(10**12, 10**13)}"
    total = sum(sum(divmod(int(one) * (2 if at % 2 == 0 else 1), 10)) for at, one in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def structure():
    return ADMIN.made("/api/admin/structures", {"name": unique("Centre "), "siret": siret()})["id"]


def invited(**more):
    name = unique("p")
    draft = {"username": name, "email": f"{name}@x.example", "displayName": "Person", **more}
    draft.setdefault("structureId", once("structure", structure))
    return ADMIN.made("/api/admin/accounts", draft)


def active(**more):
    """The worker mails an invitation within a second: those of the next people are sent ahead."""
    ahead = [] if more else once("ahead", list)
    while not more and len(ahead) < AHEAD:
        ahead.append(invited())
    account = ahead.pop(0) if ahead else invited(**more)
    body = {"token": token_for(account["email"]), "newPassword": PASSWORD}
    answer = requests.post(f"{BASE}/api/invitations/accept", json=body)
    # After a hundred made-up tokens from this address.
    if answer.status_code == 429:
        lift("--block", "127.0.0.1")
        answer = requests.post(f"{BASE}/api/invitations/accept", json=body)
    answer.raise_for_status()
    return account


def person(**more):
    account = active(**more)
    one = Person(account["username"], account["email"]).fresh()
    one.id = account["id"]
    return one


def own():
    """Whose account the routes of one's own are tried on; another one once it is spoilt."""
    return once("own", person)


def second():
    return once("second", lambda: person(roles=["national-admin"], structureId=None))


def application(kind="web", **more):
    uri = f"https://{unique('app')}.example" + ("/.portillon/callback" if kind == "gate" else "/cb")
    draft = {"name": unique("App "), "kind": kind, "redirectUris": [uri], **more}
    return ADMIN.made("/api/admin/applications", draft)["id"]


def webhook():
    draft = {"name": unique("Hook "), "url": "http://localhost:9/", "events": ["account.created"]}
    return ADMIN.made("/api/admin/webhooks", draft)["id"]


def imported(start=False):
    name = unique("i")
    csv = f"username;email;displayName;roles;structure\n{name};{name}@x.example;Person;professional;\n"
    headers = {"content-type": "text/csv"}
    path = "/api/admin/accounts/import?dryRun=true"
    report = ADMIN.fresh().http.post(BASE + path, data=csv.encode(), headers=headers).json()
    if start:
        ADMIN.send("POST", f"/api/admin/accounts/imports/{report['id']}/start")
        time.sleep(2)
    return report["id"]


def administrator():
    return active(roles=["structure-admin"])["id"]


def moved(account, changes):
    ADMIN.made(f"/api/admin/accounts/{account}", changes, "PATCH")
    return account


def acted(account, act, body=None):
    path = f"/api/admin/accounts/{account}"
    answer = ADMIN.send("POST", f"{path}/{act}", body or {}, headers=ADMIN.version_of(path))
    if not answer.ok:
        raise RuntimeError(f"{act}: {answer.status_code} {answer.text[:200]}")
    return account


def national_id():
    """Ten digits of an RPPS number and Luhn's over them, behind the 8 of its kind."""
    digits = f"{CHANCE.randrange(10**9, 10**10)}"
    total = sum(
        sum(divmod(int(one) * (2 if at % 2 == 0 else 1), 10)) for at, one in enumerate(reversed(digits))
    )
    return f"8{digits}{-total % 10}"


def one_time(secret):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


WHY = {"reason": "schemathesis"}
EMAIL = lambda: {"email": f"{unique('m')}@x.example"}
DAY = time.strftime("%Y-%m-%d")


def of_account(make=lambda: active()["id"], body=None, **path):
    return lambda: {"path": {"id": make(), **path}, "body": body() if callable(body) else (body or {}), "as": ADMIN}


def by_second(make, **path):
    return lambda: {"path": {"id": make(), **path}, "body": {}, "as": second()}


def of(make, body=None):
    return lambda: {"path": {"id": make()}, "body": body() if callable(body) else (body or {}), "as": ADMIN}


def mine(body=None, first=None):
    def recipe():
        one = own()
        more = first(one) if first else {}
        return {"body": body(one) if callable(body) else (body or {}), "as": one, **(more or {})}

    return recipe


def spoilt(recipe):
    """A new person for each call: the operation uses them up."""

    def fresh_person():
        _memory.pop("own", None)
        try:
            return recipe()
        finally:
            _memory.pop("own", None)

    return fresh_person


def begun(make_body):
    """In a sign-in that waits for its code."""

    def recipe():
        one = person()
        http = one.begin()
        return {"body": make_body(one), "cookies": http.cookies.get_dict()}

    return recipe


def with_app(one):
    begun_app = one.send("POST", "/api/account/totp", {}).json()
    secret = begun_app.get("secret") or re.search(r"secret=([A-Z2-7]+)", json.dumps(begun_app)).group(1)
    return secret.replace(" ", "")


def enrolled(one):
    secret = with_app(one)
    one.send("POST", "/api/account/totp/confirmation", {"code": one_time(secret)}).raise_for_status()
    return secret


def recovered(one):
    enrolled(one)
    codes = one.send("POST", "/api/account/recovery-codes", {}).json()["codes"]
    return {"body": {"code": codes[0]}, "cookies": one.begin().cookies.get_dict()}


def secret_of(app):
    return ADMIN.made(f"/api/admin/applications/{app}/secrets", {})["id"]


def ended_delivery():
    hook = once("webhook", webhook)
    ADMIN.send("POST", f"/api/admin/webhooks/{hook}/test", {})
    items = ADMIN.made(f"/api/admin/webhooks/{hook}/deliveries", method="GET")["items"]
    return {"path": {"id": hook, "deliveryId": items[0]["id"]}, "body": {}, "as": ADMIN}


def mailed_change(one):
    address = f"{unique('n')}@x.example"
    one.send("PUT", "/api/account/email", {"email": address})
    return {"body": {"code": code_for(address)}}


def phone():
    return f"06 {CHANCE.randrange(10, 99)} {CHANCE.randrange(10, 99)} {CHANCE.randrange(10, 99)} {CHANCE.randrange(10, 99)}"


def with_phone(one):
    one.send("PUT", "/api/account/phone", {"phoneNumber": phone()}).raise_for_status()


def with_sms(one):
    number = phone()
    one.send("PUT", "/api/account/phone", {"phoneNumber": number}).raise_for_status()
    one.send("POST", "/api/account/phone/verification", {})
    return {"body": {"code": code_for("+33" + number.replace(" ", "")[1:])}}


def logo():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    path = f"/api/admin/faces/{once('structure', structure)}"
    return ADMIN.made(path, {"displayName": None, "accent": None, "logo": svg}, "PUT")["logo"].split("/")[-1].split(".")[0]


def legal():
    texts = ADMIN.made("/api/admin/legal-notice", method="GET")
    fields = schema_of("LegalNoticeUpdate")["required"]
    return {name: texts.get(name) for name in fields}


def schema_of(name):
    return requests.get(f"{BASE}/api/openapi.json").json()["components"]["schemas"][name]


def session_of(one):
    return ADMIN.made(f"/api/admin/accounts/{one.id}/devices", method="GET")["sessions"][0]["id"]


def asked_code(one):
    one.send("POST", "/api/session/challenge", {})


def request_of_application():
    app = application(scopes=["openid"])
    uri = ADMIN.made(f"/api/admin/applications/{app}", method="GET")["redirectUris"][0]
    one = once("visitor", person)
    query = {
        "client_id": app, "response_type": "code", "scope": "openid", "redirect_uri": uri, "state": "s",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256", "nonce": "n",
    }  # fmt: skip
    back = one.fresh().http.get(f"{BASE}/oidc/authorize", params=query, allow_redirects=False)
    uid = back.headers["location"].split("/")[-1]
    return {"path": {"uid": uid}, "body": {}, "cookies": one.http.cookies.get_dict()}


FORWARDED = {"X-Forwarded-Method": "GET", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "gate.example", "X-Forwarded-Uri": "/"}


def gated():
    def make():
        app = ADMIN.made("/api/admin/applications", {"name": "Gate", "kind": "gate", "redirectUris": ["https://gate.example/.portillon/callback"]})
        headers = ADMIN.version_of(f"/api/admin/applications/{app['id']}")
        rules = {"rules": [{"paths": ["/"], "access": "public"}]}
        ADMIN.send("PUT", f"/api/admin/applications/{app['id']}/rules", rules, headers=headers).raise_for_status()
        return app["id"]

    once("gate", make)
    return {"headers": {**FORWARDED, "X-Original-URL": "https://gate.example/", "X-Original-Method": "GET"}}


def reset_token():
    one = person()
    requests.post(f"{BASE}/api/password-resets", json={"username": one.username})
    for _ in range(50):
        if any("#" in text and "invitation#" not in text for text in mails(one.email)[:1]):
            break
        time.sleep(0.1)
    return token_for(one.email)


PENDING_EMAIL = lambda: moved(administrator(), EMAIL())
PENDING_ROLES = lambda: moved(moved(active()["id"], EMAIL()), {"roles": ["structure-admin"]})
ERASURE = {**WHY, "receivedOn": DAY}
POLICY = {"smsForbidden": False, "mailFirstTimeOnly": False, "codeWindowHours": None, "proSanteConnectFrom": None}
NEW_PASSWORD = "Un-Autre-Secret-2027"

RECIPES = {
    "exportAdminAccountData": of_account(body=WHY),
    "inviteAdminAccount": lambda: {"body": {"username": unique("q"), "displayName": "Q", **EMAIL()}, "as": ADMIN},
    "resendAdminAccountInvitation": of_account(lambda: invited()["id"]),
    "updateAdminAccount": of_account(body={"displayName": "New name"}),
    "endAdminAccountSession": lambda: (lambda one: {"path": {"id": one.id, "session": session_of(one)}, "body": {}, "as": ADMIN})(person()),
    "reactivateAdminAccount": of_account(lambda: acted(active()["id"], "deactivate")),
    "eraseAdminAccount": of_account(lambda: acted(active()["id"], "deactivate")),
    "linkAdminAccount": of_account(body=lambda: {"nationalId": national_id()}),
    "unlinkAdminAccount": of_account(lambda: acted(active()["id"], "link", {"nationalId": national_id()})),
    "verifyAdminAccountIdentity": of_account(body=WHY),
    "confirmAdminPendingChange": by_second(PENDING_EMAIL, kind="email"),
    "cancelAdminPendingChange": of_account(PENDING_ROLES, kind="roles"),
    "openAdminEmergencyAccess": of_account(body={**WHY, "means": "password", "hours": 1}),
    "closeAdminEmergencyAccess": of_account(lambda: acted(active()["id"], "emergency-access", {**WHY, "means": "password", "hours": 1})),
    "requestAdminAccountErasure": of_account(body=ERASURE),
    "endAdminAccountTotp": lambda: (lambda one: (enrolled(one), {"path": {"id": one.id}, "body": {}, "as": ADMIN})[1])(person()),
    "importAdminAccounts": lambda: {"body": f"username;email;displayName;roles;structure\n{unique('z')};z@x.example;Z;;\n".encode(), "query": {"dryRun": "true"}, "as": ADMIN},
    "startAdminImport": of(imported),
    "undoAdminImport": of(lambda: imported(True)),
    "createAdminApplication": lambda: {"body": {"name": unique("App "), "kind": "web", "redirectUris": [f"https://{unique('a')}.example/cb"]}, "as": ADMIN},
    "updateAdminApplication": of(application, lambda: {"name": unique("App ")}),
    "getAdminGateRules": of(lambda: application("gate")),
    "setAdminGateRules": of(lambda: application("gate"), {"rules": [{"paths": ["/"], "access": "public"}]}),
    "explainAdminGate": of(lambda: application("gate"), {"url": "https://gate.example/"}),
    "enableAdminApplication": of(application),
    "endAdminApplicationSecret": lambda: (lambda app: {"path": {"id": app, "secret": secret_of(app)}, "body": {}, "as": ADMIN})(application()),
    "createAdminStructure": lambda: {"body": {"name": unique("Centre "), "siret": siret()}, "as": ADMIN},
    "updateAdminStructure": of(structure, lambda: {"name": unique("Centre ")}),
    "setAdminPolicy": lambda: {"path": {"structure": structure()}, "body": POLICY, "as": ADMIN},
    "setAdminFace": lambda: {"path": {"structure": structure()}, "body": {"displayName": None, "accent": None}, "as": ADMIN},
    "getLogo": lambda: {"path": {"digest": logo()}},
    "getAdminEventSeal": lambda: {"path": {"sequence": "1"}, "as": ADMIN},
    "proveAdminEvents": lambda: {"body": {}, "as": ADMIN},
    "setAdminLegalNotice": lambda: {"body": legal(), "as": ADMIN},
    "createAdminWebhook": lambda: {"body": {"name": unique("Hook "), "url": "http://localhost:9/", "events": ["account.created"]}, "as": ADMIN},
    "updateAdminWebhook": of(lambda: once("webhook", webhook), lambda: {"name": unique("Hook ")}),
    "replayAdminWebhookDelivery": ended_delivery,
    "confirmAdminTestMail": lambda: {"body": {"token": (ADMIN.send("POST", "/api/admin/setup/test-mail", {}), re.search(r"essai=([\w.\-]+)", mails(ADMIN.email)[0]).group(1))[1]}, "as": ADMIN},
    "signInWithPassword": lambda: (lambda one: {"body": {"username": one.username, "password": PASSWORD}})(once("own", person)),
    "submitSignInCode": begun(lambda one: {"code": code_for(one.email)}),
    "getSignInCodeReceipt": begun(lambda one: None),
    "requestPasswordReset": lambda: {"body": {"username": "claire.martin"}},
    "getPasswordResetHolder": lambda: {"body": {"token": reset_token()}},
    "confirmPasswordReset": lambda: {"body": {"token": reset_token(), "newPassword": NEW_PASSWORD}},
    "getInvitationHolder": lambda: {"body": {"token": token_for(invited()["email"])}},
    "acceptInvitation": lambda: {"body": {"token": token_for(invited()["email"]), "newPassword": PASSWORD}},
    "signOut": spoilt(mine()),
    "requestSessionChallenge": spoilt(mine()),
    "getSessionCodeReceipt": spoilt(mine(first=asked_code)),
    "submitSessionCode": spoilt(mine(lambda one: {"code": (asked_code(one), code_for(one.email))[1]})),
    "noteStrongMeansPrompt": mine(),
    "updateAccount": mine({"locale": "fr"}),
    "changePassword": spoilt(mine({"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD})),
    "requestErasure": spoilt(mine()),
    "withdrawErasure": spoilt(mine(first=lambda one: one.send("POST", "/api/account/erasure-request", {}) and {})),
    "endSession": mine(first=lambda one: {"path": {"id": (lambda other: session_of(one))(Person(one.username, one.email).fresh())}}),
    "requestEmailChange": spoilt(mine(lambda one: EMAIL())),
    "submitEmailChangeCode": spoilt(mine(first=mailed_change)),
    "setPhone": mine(lambda one: {"phoneNumber": phone()}),
    "removePhone": mine(first=with_phone),
    "requestPhoneVerification": spoilt(mine(first=with_phone)),
    "submitPhoneVerificationCode": spoilt(mine(first=with_sms)),
    "getOwnList": lambda: {"path": {"list": "accounts"}, "as": ADMIN},
    "setOwnList": lambda: {"path": {"list": "accounts"}, "body": {"views": [], "columns": []}, "as": ADMIN},
    "beginTotp": spoilt(mine()),
    "confirmTotp": spoilt(mine(lambda one: {"code": one_time(with_app(one))})),
    "removeTotp": spoilt(mine(first=lambda one: enrolled(one) and {})),
    "createRecoveryCodes": spoilt(mine(first=lambda one: enrolled(one) and {})),
    "deleteRecoveryCodes": spoilt(mine(first=lambda one: enrolled(one) and one.send("POST", "/api/account/recovery-codes", {}) and {})),
    "signInWithRecoveryCode": lambda: recovered(person()),
    "getRecoveryCodes": spoilt(mine(first=lambda one: enrolled(one) and {})),
    "openInteraction": request_of_application,
    "getInteraction": request_of_application,
    "completeInteraction": request_of_application,
    "refuseInteraction": request_of_application,
    "forwardAuth": gated,
    "authRequest": gated,
}  # fmt: skip


def generic(path):
    """Ids for a route that needs nothing else."""
    if path.startswith("/api/admin/accounts/imports/"):
        return {"id": once("import", imported)}
    if path.startswith("/api/admin/accounts/"):
        return {"id": active()["id"]}
    if path.startswith("/api/admin/applications/"):
        return {"id": application()}
    if path.startswith("/api/admin/webhooks/"):
        return {"id": once("webhook", webhook)}
    return {"id": once("structure", structure), "structure": once("structure", structure)}


seen = Counter()
answers = defaultdict(Counter)


@schemathesis.hook
def before_call(ctx, case, **kwargs):
    with LOCK:
        prepare(case)


def prepare(case):
    name, path = case.operation.definition.raw["operationId"], case.operation.path
    modes = [str(part.mode) for part in case.meta.components.values()] if case.meta else []
    seen[name] += 1
    recipe = {}
    if seen[name] <= PREPARED and not any("negative" in mode for mode in modes):
        try:
            recipe = RECIPES[name]() if name in RECIPES else {"path": generic(path), "body": {}, "plain": True}
        except Exception as error:
            answers[name][f"recipe: {error!r}"[:160]] += 1
    if recipe.get("path") and case.path_parameters:
        case.path_parameters = {key: recipe["path"].get(key, value) for key, value in case.path_parameters.items()}
    if recipe:
        case.query = recipe.get("query", {} if case.method == "GET" else case.query)
        if recipe.get("body") is not None and case.operation.body:
            case.body = recipe["body"]
        if "If-Match" in (case.headers or {}):
            case.headers["If-Match"] = version_for(case)
        for header, value in recipe.get("headers", {}).items():
            case.headers[header] = value
    who = recipe.get("as") or caller_of(path)
    case.cookies = dict(recipe.get("cookies") or (who.fresh().http.cookies.get_dict() if who else {}))


def caller_of(path):
    if re.match(r"/api/(account|session)\b", path):
        return own()
    return ADMIN if path.startswith("/api/admin/") else None


def version_for(case):
    path = case.operation.path
    for key, value in (case.path_parameters or {}).items():
        path = path.replace("{" + key + "}", str(value))
    while not (seen_there := ADMIN.send("GET", path)).ok and path.count("/") > 3:
        path = path.rsplit("/", 1)[0]
    return seen_there.headers.get("etag", '"1"')


@schemathesis.hook
def after_call(ctx, case, response):
    with LOCK:
        name = case.operation.definition.raw["operationId"]
        answers[name][str(response.status_code)] += 1
        if response.status_code == 401 and re.match(r"/api/(account|session)\b", case.operation.path):
            _memory.pop("own", None)
        if response.status_code == 401 and case.operation.path.startswith("/api/admin/"):
            ADMIN.proved = 0
        with open(TALLY, "w") as file:
            json.dump(answers, file, indent=1)
