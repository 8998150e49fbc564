#!/usr/bin/env python3
"""Opens what Backroom seals, from docs/sealing.md alone. Needs python3-jwcrypto and none of Backroom's code.

    open_sealed.py manifest FILE COURIER.private.jwks.json SHOP.public.jwks.json
    open_sealed.py label BLOCK COURIER.private.jwks.json PARCEL-NUMBER
"""
import hashlib, json, sys, time
from jwcrypto import jwe, jwk, jws

def refuse(why):
    sys.exit(f"refused: {why}")

def header_of(compact):
    try:
        return json.loads(jwk.base64url_decode(compact.split(".")[0]))
    except ValueError:
        refuse("not a sealed file")

def key_for(keys, kid):
    """The key whose own thumbprint is the kid; what a file says of its keys is not believed."""
    for one in keys:
        key = jwk.JWK(**one)
        if one.get("crv") == "P-256" and key.thumbprint() == kid:
            return key
    refuse("sealed or signed for another key")

def unseal(compact, keys, typ):
    head = header_of(compact)
    allowed = {"alg", "enc", "kid", "typ", "epk", "pid", "exp", "cty"}
    if set(head) - allowed or (head.get("alg"), head.get("enc"), head.get("typ")) != ("ECDH-ES", "A256GCM", typ):
        refuse("another kind of file")
    opened = jwe.JWE(algs=["ECDH-ES", "A256GCM"])
    try:
        opened.deserialize(compact, key_for(keys, head["kid"]))
    except jwe.InvalidJWEData:
        refuse("changed on its way")
    return head, opened.payload.decode()

def open_label(block, keys, parcel=None):
    head, text = unseal(block, keys, "backroom-label")
    if parcel is not None and head["pid"] != parcel:
        refuse("this label belongs to another parcel")
    if time.time() >= head["exp"]:
        refuse("past its time")
    return json.loads(text)

def open_manifest(text, keys, shop_keys):
    _, signed = unseal(text.strip(), keys, "backroom-manifest")
    head = header_of(signed)
    if (head.get("alg"), head.get("typ")) != ("ES256", "backroom-manifest"):
        refuse("signed in another way")
    check = jws.JWS()
    try:
        check.deserialize(signed, key_for(shop_keys, head["kid"]), alg="ES256")
    except jws.InvalidJWSSignature:
        refuse("not signed by the shop")
    manifest, seen = json.loads(check.payload), set()
    for line in manifest["parcels"]:
        if line["pid"] in seen or hashlib.sha256(line["label"].encode()).hexdigest() != line["labelSha256"]:
            refuse(f"parcel {line['pid']} is listed twice or has another label")
        seen.add(line["pid"])
        print(line["seq"], line["pid"], json.dumps(open_label(line["label"], keys, line["pid"]), ensure_ascii=False))

what, given, private, last = sys.argv[1:5]
keys = json.load(open(private))["keys"]
if what == "manifest":
    open_manifest(open(given).read(), keys, json.load(open(last))["keys"])
else:
    print(json.dumps(open_label(given, keys, last), ensure_ascii=False))
