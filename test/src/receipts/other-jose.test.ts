import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { KeyStore } from '../../../src/receipts/key-store.ts';
import { createSigner } from '../../../src/receipts/sign.ts';
import { STATEMENT, temporaryDirectory } from './keys.ts';

const store = new KeyStore(temporaryDirectory());

/** Reads `{"keys", "receipt"}` and prints the statement, the thumbprint of the key, and what a changed payload comes to. */
const JWCRYPTO = `
import json, sys
from jwcrypto import jwk, jws
given = json.load(sys.stdin)
keys = jwk.JWKSet.from_json(json.dumps({"keys": given["keys"]}))
def opened(receipt):
    token = jws.JWS()
    token.deserialize(json.dumps(receipt))
    token.verify(keys.get_key(token.jose_header["kid"]), alg="EdDSA")
    return json.loads(token.payload)
changed = dict(given["receipt"], payload=given["receipt"]["payload"][:-4] + "AAAA")
try:
    opened(changed)
    refused = False
except jws.InvalidJWSSignature:
    refused = True
print(json.dumps([opened(given["receipt"]), [key.thumbprint() for key in keys], refused]))
`;

const PYJWT = `
import json, sys
import jwt
given = json.load(sys.stdin)
receipt = given["receipt"]
keys = jwt.PyJWKSet.from_dict({"keys": given["keys"]})
def opened(payload):
    compact = ".".join([receipt["protected"], payload, receipt["signature"]])
    header = jwt.get_unverified_header(compact)
    return json.loads(jwt.api_jws.decode(compact, keys[header["kid"]].key, algorithms=["EdDSA"]))
try:
    opened(receipt["payload"][:-4] + "AAAA")
    refused = False
except jwt.InvalidSignatureError:
    refused = True
print(json.dumps([opened(receipt["payload"]), [key.key_id for key in keys.keys], refused]))
`;

const python = process.env.ASSAY_JOSE_PYTHON ?? 'python3';

describe('receipts read by other libraries', () => {
  it.for([
    ['jwcrypto', JWCRYPTO],
    ['jwt', PYJWT],
  ])('Python’s %s verifies them, and refuses a changed one', async ([module, script], context) => {
    const there = spawnSync(python, ['-c', `import ${module}, cryptography`]).status === 0;
    context.skip(!there, `no Python with ${module}: name one with ASSAY_JOSE_PYTHON`);

    const receipt = await createSigner(store).sign(STATEMENT);
    const keys = await store.publicKeys();
    const ended = spawnSync(python, ['-c', script ?? ''], {
      input: JSON.stringify({ keys, receipt }),
      encoding: 'utf8',
    });
    expect(ended.stderr).toBe('');
    const [statement, kids, refused] = JSON.parse(ended.stdout);
    expect(statement).toMatchObject(STATEMENT);
    expect([kids, refused]).toEqual([[keys[0]?.kid], true]);
  });
});
