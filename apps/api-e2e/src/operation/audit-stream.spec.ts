import { eventually } from '../harness/server/eventually';
import { describeWithRsyslog, Rsyslog } from '../harness/services/rsyslog';
import { QUICK, Stage } from '../harness/server/stage';

interface Sealed {
  id: string;
  sealSequence: number | null;
}

const SEAL_AFTER_MS = 31_000;

describeWithRsyslog('the journal at a rsyslog', () => {
  const rsyslog = new Rsyslog();
  let stage: Stage;

  beforeAll(async () => {
    await rsyslog.start();
    const stream = {
      AUDIT_STREAM: `syslog+tls://localhost:${rsyslog.port}`,
      AUDIT_STREAM_CA_FILE: rsyslog.certificateFile,
    };
    stage = new Stage({ environment: { ...QUICK.environment, ...stream } });
    await stage.open();
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await rsyslog.stop();
  }, 20_000);

  /** The lines of the journal in the order of their seals, once all have one. */
  async function sealed(): Promise<string[]> {
    const order = 'SELECT id, sealSequence FROM auditEvent ORDER BY sealSequence, id';
    await stage.server.advance(SEAL_AFTER_MS);
    const lines = await eventually('the seal', async () => {
      const rows = await stage.database.rows<Sealed>(order);
      return rows.every(({ sealSequence }) => sealSequence !== null) ? rows : undefined;
    });
    return lines.map(({ id }) => id);
  }
  /** The lines that came, each at its first time. */
  const came = () => [
    ...new Set(
      rsyslog.lines.filter(({ event }) => event !== 'audit_head').map(({ json }) => json.metadata.uid),
    ),
  ];

  it('has each line of a sign-in, in OCSF, and the head', async () => {
    const { person } = await stage.signedIn();
    const lines = await sealed();
    await eventually('the lines', () => came().length === lines.length);
    expect(came()).toEqual(lines);
    const success = rsyslog.lines.find(({ event }) => event === 'authn_login_success');
    expect(success).toMatchObject({
      facility: 'authpriv',
      severity: 'info',
      program: 'portillon',
      json: {
        class_uid: 3002,
        activity_name: 'Logon',
        status: 'Success',
        user: { uid: person.id },
        src_endpoint: { ip: expect.stringMatching(/^10\./) },
      },
    });
    const head = await eventually('the head', () =>
      rsyslog.lines.find(({ event }) => event === 'audit_head'),
    );
    const seals = await stage.database.rows<{ sequence: number; digest: string }>(
      'SELECT sequence, digest FROM auditSeal',
    );
    const heads = seals.map(({ sequence, digest }) => `${sequence}:${digest}`);
    expect(heads).toContain((head.json['unmapped'] as { head: string }).head);
  });

  it('has every line in order although it was killed under work, and people sign in meanwhile', async () => {
    await rsyslog.kill();
    await stage.signedIn();
    await sealed();
    await rsyslog.start();
    await stage.signedIn();
    await sealed();
    rsyslog.freeze();
    await stage.signedIn();
    await sealed();
    await rsyslog.kill();
    await rsyslog.start();
    await stage.signedIn();
    const lines = await sealed();
    await eventually('the lines', () => came().length === lines.length);
    expect(came()).toEqual(lines);
  });

  it('that hangs does not keep the server from its end', async () => {
    rsyslog.freeze();
    await stage.signedIn();
    await sealed();
    await stage.server.stop();
    expect(stage.server.running).toBe(false);
  });
});
