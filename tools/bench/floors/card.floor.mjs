import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { KEPT_MS } from '../driver/http-connection.mjs';

// node:http behind the same nginx, and one verification of the certificate: two signatures, the dates.
const [root, persons] = readFileSync(process.env.TRUST_FILE, 'utf8')
  .match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g)
  .map((pem) => new X509Certificate(pem));
const ok = '{"status":"signed-in"}';

createServer({ keepAliveTimeout: KEPT_MS }, (request, response) => {
  request.resume().on('end', () => {
    const status = holds(request.headers['x-client-cert']) ? 200 : 401;
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': ok.length }).end(ok);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');

function holds(header) {
  if (!header) return false;
  const card = new X509Certificate(decodeURIComponent(header));
  const now = Date.now();
  return (
    card.verify(persons.publicKey) &&
    persons.verify(root.publicKey) &&
    Date.parse(card.validFrom) <= now &&
    Date.parse(card.validTo) > now
  );
}
