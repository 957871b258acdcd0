import type { OutboundRequest, OutboundResult, OutboundService } from '@portillon/outbound';
import { practitioner, searchset } from '../testing/practitioner.fixture';
import { PractitionerDirectoryService } from './practitioner-directory.service';

const URL_OF_FHIR = 'https://gateway.api.esante.gouv.fr/fhir/v2';

function directory(answer: OutboundResult, annuaire: { url: string; key: string } | null) {
  const asked: [string, OutboundRequest][] = [];
  const send = async (url: string, request: OutboundRequest) => (asked.push([url, request]), answer);
  const outbound = { send } as unknown as OutboundService;
  return { asked, service: new PractitionerDirectoryService(outbound, { annuaire }) };
}
const answered = (status: number, body: unknown): OutboundResult => {
  return { outcome: 'answered', status, headers: {}, body: JSON.stringify(body) };
};
const ON = { url: URL_OF_FHIR, key: 'key-of-the-operator' };

describe('the Annuaire Santé', () => {
  it('is asked for the number of the RPPS in its system, with the key and 5 seconds for all of it', async () => {
    const { asked, service } = directory(answered(200, searchset(practitioner('10003461033'))), ON);
    expect(await service.lookUp('810003461033')).toEqual({ state: 'found' });
    const [[url, request]] = asked as [[string, OutboundRequest]];
    expect(url).toBe(
      `${URL_OF_FHIR}/Practitioner?identifier=https%3A%2F%2Frpps.esante.gouv.fr%7C10003461033`,
    );
    expect(request).toMatchObject({ method: 'GET', timeoutMs: 5_000 });
    expect(request.headers).toMatchObject({
      'esante-api-key': 'key-of-the-operator',
      accept: 'application/fhir+json',
    });
  });

  it('is not asked about an id that is none of the RPPS, nor where it is not named', async () => {
    const { asked, service } = directory(answered(200, searchset()), ON);
    expect(await service.lookUp('30B0057881/CPET0002')).toEqual({ state: 'unknown' });
    expect(asked).toEqual([]);
    const off = directory(answered(200, searchset()), null);
    expect(off.service.isOffered).toBe(false);
    expect(await off.service.lookUp('810003461033')).toEqual({ failure: 'not-configured' });
    expect(off.asked).toEqual([]);
  });

  it.each<[string, OutboundResult, string]>([
    ['is too slow', { outcome: 'failed', reason: 'timeout' }, 'timeout'],
    ['is cut off or away', { outcome: 'failed', reason: 'unreachable' }, 'unreachable'],
    ['pours without end', { outcome: 'failed', reason: 'answer-too-large' }, 'answer-too-large'],
    ['leads inside', { outcome: 'failed', reason: 'address-refused' }, 'address-refused'],
    ['refuses the key', answered(401, {}), 'status 401'],
    ['asks for patience', answered(429, {}), 'status 429'],
    ['leads elsewhere', answered(302, {}), 'status 302'],
    ['answers an error with an empty search', answered(500, searchset()), 'status 500'],
    ['tells of another person', answered(200, searchset(practitioner('1'))), 'unexpected-answer'],
  ])('says nothing when it %s', async (_, answer, failure) => {
    expect(await directory(answer, ON).service.lookUp('810003461033')).toEqual({ failure });
  });
});
