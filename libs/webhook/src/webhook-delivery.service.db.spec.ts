import { DAY, HOUR, MetricsRegistry, MINUTE, SECOND } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { answered, emptyWebhooks, Instance, instanceOn, KEY, OTHER_KEY } from './testing/webhook.fixture';
import { WebhookDeliveryEntity } from './webhook-delivery.repository';
import { WebhookFindings } from './webhook.findings';
import { webhookPersistence } from './webhook.persistence';

describeOnEveryEngine('a delivery', [webhookPersistence], (fixture) => {
  let one: Instance;

  beforeEach(async () => {
    await emptyWebhooks(fixture.dataSource);
    one = instanceOn(fixture.dataSource);
  });

  const rows = () => fixture.dataSource.getRepository(WebhookDeliveryEntity).find({ order: { id: 'ASC' } });
  const other = (changes: object = {}) =>
    instanceOn(fixture.dataSource, { clock: one.clock, outside: one.outside, ...changes });

  it('sends an event to the operator’s endpoints and to those of its structure, and to no others', async () => {
    const named = (name: string) => `https://hooks.example/${name}`;
    await one.register({ url: named('national') });
    await one.register({ url: named('hospital'), structureId: 'hospital' });
    await one.register({ url: named('clinic'), structureId: 'clinic' });
    await one.register({ url: named('not-asked'), events: ['import.finished'] });
    await one.publish();
    await one.turn();
    expect(one.outside.urls).toEqual([named('hospital'), named('national')]);
    await one.publish({ structureId: null, data: { accountId: 'nadia', structureId: null } });
    await one.turn();
    expect(one.outside.urls.slice(2)).toEqual([named('national')]);
    await one.publish({ structureId: 'clinic', isCopy: true });
    await one.turn();
    expect(one.outside.urls).toEqual(['clinic', 'hospital', 'national', 'national'].map(named));
  });

  it('sends no event from before its endpoint was created', async () => {
    const before = new Date(one.clock.now().getTime() - 1);
    await one.register();
    await one.publish({ at: before });
    expect(await rows()).toEqual([]);
    await one.publish();
    expect(await rows()).toHaveLength(1);
  });

  it('is written for each event of several structures, however many at once', async () => {
    for (const structureId of [null, 'hospital', 'clinic']) await one.register({ structureId });
    const at = one.clock.now();
    const events = Array.from({ length: 500 }, (_, index) => {
      const structureId = index % 2 ? 'hospital' : 'clinic';
      return { type: 'account.created', structureId, at, data: { structureId } } as const;
    });
    await one.transactions.run((tx) => one.outbox.publishAll(events, tx));
    const made = await rows();
    const counts = new Map<string, number>();
    for (const { endpointId, payload } of made) {
      const key = `${endpointId} ${JSON.parse(payload).data.structureId}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual([250, 250, 250, 250]);
  });

  it('contains only type, time and ids', async () => {
    await one.register();
    await one.publish();
    await one.turn();
    const [sent] = one.outside.sent;
    expect(JSON.parse(sent!.body)).toEqual({
      type: 'account.created',
      timestamp: one.clock.now().toISOString(),
      data: { accountId: 'claire', structureId: 'hospital' },
    });
    expect(sent!.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': (await rows())[0]!.id,
      'webhook-signature': expect.stringMatching(/^v1,[\w+/]+=$/),
    });
    expect(await rows()).toMatchObject([
      { state: 'delivered', attempts: 1, lastStatus: 204, lastFailure: null },
    ]);
  });

  it('is not sent when its event was rolled back', async () => {
    await one.register();
    const undone = one.transactions.run(async (tx) => {
      await one.outbox.publish(
        { type: 'account.created', structureId: null, at: one.clock.now(), data: {} },
        tx,
      );
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await one.turn();
    expect(one.outside.sent).toEqual([]);
  });

  it('is tried ten times in 75 hours, with one id and a new signature each time, and then fails', async () => {
    await one.register();
    await one.publish();
    one.outside.answer = () => answered(500);
    const begun = one.clock.now().getTime();
    let last = begun;
    for (let minute = 0; minute < 80 * 60; minute += 10) {
      const tries = one.outside.sent.length;
      await one.turn();
      if (one.outside.sent.length > tries) last = one.clock.now().getTime();
      one.clock.advance(10 * MINUTE);
    }
    expect(one.outside.sent).toHaveLength(10);
    expect((last - begun) / HOUR).toBeGreaterThan(75);
    expect(new Set(one.outside.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(one.outside.sent.map(({ headers }) => headers['webhook-signature'])).size).toBe(10);
    expect(await rows()).toMatchObject([
      { state: 'failed', attempts: 10, lastStatus: 500, lastFailure: 'refused', dueAt: null },
    ]);
  });

  it.each([
    [301, 'redirected'],
    [307, 'redirected'],
    [400, 'refused'],
    [404, 'refused'],
  ])('has failed when the endpoint answers %i', async (status, lastFailure) => {
    await one.register();
    await one.publish();
    one.outside.answer = () => answered(status);
    await one.turn();
    expect(await rows()).toMatchObject([{ state: 'pending', attempts: 1, lastStatus: status, lastFailure }]);
    expect(await one.outbox.health()).toEqual({ waiting: 0, failing: 1, failingEndpoints: 1 });
    const registry = new MetricsRegistry();
    new WebhookFindings(one.outbox, registry);
    const lines = (await registry.metrics()).split('\n');
    expect(lines).toContain('portillon_webhook_deliveries{state="failing"} 1');
    expect(lines).toContain('portillon_webhook_failing_endpoints 1');
  });

  it('waits as long as a busy endpoint asks', async () => {
    await one.register();
    await one.publish();
    one.outside.answer = () => answered(429, { 'retry-after': '3600' });
    await one.turn();
    one.clock.advance(HOUR - SECOND);
    await one.turn();
    expect(one.outside.sent).toHaveLength(1);
    one.clock.advance(SECOND);
    await one.turn();
    expect(one.outside.sent).toHaveLength(2);
  });

  it('notifies once of an endpoint that answers that it is gone, in the transaction that disables it', async () => {
    const gone: string[] = [];
    one.delivery.subscribe({ webhookGone: async ({ id }) => gone.push(id) });
    const { endpoint } = await one.register();
    await one.publish();
    await one.publish();
    one.outside.answer = () => answered(410);
    await one.turn();
    expect(gone).toEqual([endpoint.id]);
  });

  it('disables an endpoint that answers that it is gone, and fails its waiting deliveries', async () => {
    const { endpoint } = await one.register();
    one.outside.answer = () => answered(503);
    await one.publish();
    await one.turn();
    one.outside.answer = () => answered(410);
    await one.publish();
    await one.turn();
    expect(await one.endpoints.get(endpoint.id)).toMatchObject({
      status: 'disabled',
      disabledReason: 'gone',
    });
    expect(await rows()).toMatchObject([
      { state: 'failed', lastFailure: 'endpoint-disabled' },
      { state: 'failed', lastFailure: 'gone', lastStatus: 410 },
    ]);
    await one.publish();
    expect(await rows()).toHaveLength(2);
  });

  it('is sent once by several instances at once', async () => {
    await one.register();
    for (let event = 0; event < 12; event++) await one.publish();
    await Promise.all([one, other(), other(), other()].map((instance) => instance.turn()));
    await one.turn();
    expect(one.outside.sent).toHaveLength(12);
    expect(new Set(one.outside.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(12);
  });

  it('held by a dead process is sent again by another, and not before', async () => {
    await one.register();
    await one.publish();
    one.outside.answer = () => new Promise(() => undefined);
    await one.job.run();
    await until(() => one.outside.sent.length === 1);
    one.outside.answer = () => answered(204);
    await other().turn();
    expect(one.outside.sent).toHaveLength(1);
    one.clock.advance(MINUTE);
    await other().turn();
    expect(one.outside.sent).toHaveLength(2);
    expect(await rows()).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('is not delayed by another endpoint that does not answer', async () => {
    await one.register({ url: 'https://hooks.example/slow' });
    await one.register({ url: 'https://hooks.example/fast' });
    for (let event = 0; event < 6; event++) await one.publish();
    one.outside.answer = ({ url }) => (url.endsWith('slow') ? new Promise(() => undefined) : answered(200));
    await one.job.run();
    await until(() => one.outside.urls.filter((url) => url.endsWith('fast')).length === 6);
    expect(one.outside.urls.filter((url) => url.endsWith('slow'))).toHaveLength(4);
  });

  it('is left to an instance with the key of the secret', async () => {
    await other({ keys: [OTHER_KEY, KEY] }).register();
    await one.publish();
    await one.turn();
    expect(one.outside.sent).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'pending', attempts: 0 }]);
    await other({ keys: [KEY, OTHER_KEY] }).turn();
    expect(one.outside.sent).toHaveLength(1);
  });

  it('is replayed with the same id and ten new tries, once it has ended', async () => {
    await one.register();
    await one.publish();
    const replay = async () => {
      const { id } = (await rows())[0]!;
      return one.transactions.run((tx) => one.outbox.replay(id, tx));
    };
    await expect(replay()).rejects.toMatchObject({ code: 'webhook.delivery-waits' });
    await one.turn();
    expect(await replay()).toMatchObject({ state: 'pending', attempts: 0 });
    await one.turn();
    const [first, second] = one.outside.sent.map(({ headers, body }) => ({
      id: headers['webhook-id'],
      body,
    }));
    expect(second).toEqual(first);
  });

  it('is forgotten 30 days after it was made, unless it still waits', async () => {
    await one.register();
    await one.publish();
    await one.turn();
    one.clock.advance(DAY);
    await one.publish();
    one.clock.advance(29 * DAY + SECOND);
    await one.purge.run();
    expect(await rows()).toMatchObject([{ state: 'pending' }]);
  });
});

describeOnEveryEngine('a test of an endpoint', [webhookPersistence], (fixture) => {
  let one: Instance;

  beforeEach(async () => {
    await emptyWebhooks(fixture.dataSource);
    one = instanceOn(fixture.dataSource);
  });

  it('returns the endpoint’s answer immediately, and is not tried again', async () => {
    const { endpoint } = await one.register();
    one.outside.answer = () => answered(500);
    expect(await one.tests.send(endpoint.id)).toMatchObject({
      type: 'webhook.test',
      state: 'failed',
      lastStatus: 500,
    });
    one.clock.advance(DAY);
    await one.turn();
    expect(one.outside.sent).toHaveLength(1);
    one.outside.answer = () => answered(200);
    expect(await one.tests.send(endpoint.id)).toMatchObject({ state: 'delivered', lastStatus: 200 });
  });

  it('is refused for a disabled endpoint, and sends nothing for a missing one', async () => {
    const { endpoint } = await one.register();
    await one.transactions.run((tx) => one.endpoints.change(endpoint.id, 1, { status: 'disabled' }, tx));
    await expect(one.tests.send(endpoint.id)).rejects.toMatchObject({ code: 'webhook.disabled' });
    expect(await one.tests.send('nowhere')).toBeUndefined();
  });
});

/** Until what is on its way has come. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
