// In the place of Pro Santé Connect: it answers as fast as it can, and its time is in nobody's account.
// A code names the nonce and the person that the driver chose: `<nonce>~<national id>`.
import { createSign, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { KEPT_MS } from './http-connection.mjs';

const { PORT, CERT_FILE, KEY_FILE, CLIENT_ID } = process.env;
const REALM = '/auth/realms/esante-wallet';
const issuer = `https://localhost:${PORT}${REALM}`;
const protocol = `${issuer}/protocol/openid-connect`;
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const HEAD = encoded({ alg: 'RS256', kid: 'bench' });

const ANSWERS = {
  '/.well-known/wallet-openid-configuration': () => ({
    issuer,
    authorization_endpoint: `https://localhost:${PORT}/auth`,
    token_endpoint: `${protocol}/token`,
    userinfo_endpoint: `${protocol}/userinfo`,
    jwks_uri: `${protocol}/certs`,
    end_session_endpoint: `${protocol}/logout`,
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
    response_types_supported: ['code'],
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
  }),
  '/protocol/openid-connect/certs': () => ({
    keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }],
  }),
  '/protocol/openid-connect/token': (_request, body) => tokens(new URLSearchParams(body).get('code')),
  '/protocol/openid-connect/userinfo': ({ headers }) => person(headers.authorization.slice('Bearer '.length)),
};

const secure = { cert: readFileSync(CERT_FILE), key: readFileSync(KEY_FILE) };
createServer({ ...secure, keepAliveTimeout: KEPT_MS }, async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const answer = ANSWERS[request.url.slice(REALM.length)];
  if (!answer) return response.writeHead(404, { 'content-length': 0 }).end();
  const text = JSON.stringify(answer(request, Buffer.concat(chunks).toString()));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}).listen(Number(PORT), '127.0.0.1');

function tokens(code) {
  const [nonce, nationalId] = code.split('~');
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: issuer, sub: `f:${nationalId}`, aud: CLIENT_ID, iat: now, exp: now + 300, nonce };
  const signed = `${HEAD}.${encoded({ ...claims, acr: 'eidas1', sid: code.slice(0, 16) })}`;
  const signature = createSign('sha256').update(signed).sign(privateKey, 'base64url');
  return {
    token_type: 'Bearer',
    expires_in: 120,
    access_token: nationalId,
    id_token: `${signed}.${signature}`,
  };
}

function person(nationalId) {
  const practice = { codeProfession: '10', codeSavoirFaire: 'SM26', activities: [{ codeModeExercice: 'S' }] };
  const otherIds = [{ identifiant: nationalId, origine: 'RPPS', qualite: 1 }];
  return {
    sub: `f:${nationalId}`,
    SubjectNameID: nationalId,
    otherIds,
    SubjectRefPro: { exercices: [practice] },
  };
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
