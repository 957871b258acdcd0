import { openSessions, sessionReads, signIns } from '../driver/loads.mjs';
import { alternate, measure, medianOf } from '../driver/measure.mjs';
import { line, ratioLine, round } from '../driver/table.mjs';

const SESSIONS = 128;
const CPU = '  CPU of server + database';

/** `GET /api/session`, 32 at once, over the sessions of 128 people, each side with its own. */
export async function sessionRead([ours, floor], cookies, { rounds, seconds }) {
  const [own, base] = await alternate([ours, floor], rounds, (side) =>
    read(side, cookies.get(side), seconds),
  );
  return [
    ratioLine(
      'GET /api/session, 32 at once, revocation immediate',
      medianOf(own, 'perSecond'),
      medianOf(base, 'perSecond'),
      {
        unit: '/s',
        better: 'higher',
        must: 0.8,
        aim: 1,
        peers: 'Better Auth 0.22, LemonLDAP::NG 0.20, allauth 0.11, glewlwyd 0.05',
      },
    ),
    microseconds(CPU, own, base),
  ];
}

function read(side, cookies, seconds) {
  return sessionReads(side, cookies, { durationMs: seconds * 1_000 }, (loop) => measure(side, loop));
}

function microseconds(what, own, base) {
  const us = (results) => medianOf(results, 'cpuMs') * 1_000;
  return line(what, {
    ours: `${round(us(own))} µs`,
    floor: `${round(us(base))} µs`,
    value: us(own) / us(base),
  });
}

/** Opens sessions on the sides, for {@link sessionRead}. */
export async function sessionsOf(...sides) {
  const cookies = new Map();
  for (const side of sides) cookies.set(side, await openSessions(side, SESSIONS));
  return cookies;
}

/** The p99 of `GET /api/session` while 8 people at a time sign in, against its p99 alone. */
export async function readDuringSignIns([ours, floor], cookies, { rounds, seconds }) {
  const [own, base] = await alternate([ours, floor], rounds, (side) =>
    crowded(side, cookies.get(side), seconds),
  );
  const ratio = (results) => medianOf(results, 'crowded') / medianOf(results, 'alone');
  const text = (results) =>
    `${round(medianOf(results, 'alone'))} → ${round(medianOf(results, 'crowded'))} ms`;
  return [
    line('its p99 while 8 people at a time sign in, against alone', {
      ours: text(own),
      floor: `${text(base)} (${round(ratio(base))} ×)`,
      value: ratio(own),
      unit: ' ×',
      better: 'lower',
      must: 6,
      aim: 2,
      peers: 'Better Auth 27 × (7 × with our hash), the floor 9 ×',
    }),
    line('  sign-ins beside the reads', {
      ours: `${round(medianOf(own, 'signIns'))} /s`,
      floor: `${round(medianOf(base, 'signIns'))} /s`,
      value: medianOf(own, 'signIns') / medianOf(base, 'signIns'),
    }),
    line('  reads beside the sign-ins', {
      ours: `${round(medianOf(own, 'reads'))} /s`,
      floor: `${round(medianOf(base, 'reads'))} /s`,
      value: medianOf(own, 'reads') / medianOf(base, 'reads'),
    }),
  ];
}

async function crowded(side, cookies, seconds) {
  const limits = { durationMs: seconds * 1_000 };
  const alone = await read(side, cookies, seconds);
  const [reads, signed] = await Promise.all([
    read(side, cookies, seconds),
    signIns(side, limits, (loop) => measure(side, loop)),
  ]);
  return { alone: alone.p99, crowded: reads.p99, reads: reads.perSecond, signIns: signed.perSecond };
}
