// A process of its own, so that the sink's processor time is in nobody's account.
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const code = codeIn(Buffer.concat(chunks).toString('latin1'));
      if (code) for (const { address } of session.envelope.rcptTo) process.send({ address, code });
      done();
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => process.send({ port: server.server.address().port }));
process.on('disconnect', () => process.exit(0));

/** The six digits after the word « code », maybe in two groups. A notice has none: it is nobody's code. */
function codeIn(mail) {
  const match = /code[\s\u00a0]*:[\s\u00a0]*(\d{3})[ \u00a0]?(\d{3})(?!\d)/i.exec(plainText(mail));
  return match ? match[1] + match[2] : undefined;
}

function plainText(mail) {
  const boundary = /boundary="?([^"\s;]+)/i.exec(mail)?.[1];
  const parts = boundary ? mail.split(`--${boundary}`).slice(1) : [mail];
  const part = parts.find((one) => /content-type: text\/plain/i.test(one)) ?? parts[0];
  const [head, ...body] = part.split('\r\n\r\n');
  return decode(head, body.join('\r\n\r\n'));
}

function decode(head, body) {
  if (/encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/encoding: quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
