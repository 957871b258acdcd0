import { NO_POLICY, Structure, StructureService } from '@portillon/account';
import { NOTHING } from '@portillon/audit';
import type { AcceptedMeans } from '@portillon/authenticator';
import type { ReportsDatabase } from '@portillon/persistence';
import { Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import type { StrongMeansPeopleService } from '../structures/strong-means-people.service';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import type { SignInReport } from './report.dto';
import type { SignInReportService } from './sign-in-report.service';
import { StrongMeansReportService } from './strong-means-report.service';

const SIGN_INS = { total: 9, passwordEmail: 3, passwordSms: 1, passwordRemembered: 2 };
const REPLICA = {} as EntityManager;
const STRONG = { proSanteConnect: 1, cpx: 1, passkey: 1 };

function reports(structure: string | null) {
  const steps = new Steps();
  const asked: [AcceptedMeans, EntityManager | undefined][] = [];
  const items = [{ ...NOTHING, period: '2026-11', signIns: { ...SIGN_INS, ...STRONG } }];
  const report = { structure, from: '2026-11-01', to: '2026-11-30', by: 'month', items } as SignInReport;
  const policy = { ...NO_POLICY, passkeyKind: 'device' } as const;
  const service = new StrongMeansReportService(
    steps.of<SignInReportService>('signIns', { of: async () => report }),
    steps.of<StructureService>('structures', { get: async () => ({ policy }) as Structure }),
    {
      count: async (_structure: string | null, accepted: AcceptedMeans, tx?: EntityManager) => {
        asked.push([accepted, tx]);
        return { people: 122, withoutCard: 50, withoutStrongMeans: 37, sms: 7 };
      },
    } as unknown as StrongMeansPeopleService,
    steps.of<ReportsDatabase>('reports', { manager: async () => REPLICA }),
  );
  return { asked, service };
}

describe('who still depends on codes', () => {
  it('is counted where reports are read, by how the code comes, beside those whom a strong means lets in, and over time', async () => {
    const { asked, service } = reports('hospital');
    expect(await service.of(OF_HOSPITAL, {})).toEqual({
      structure: 'hospital',
      from: '2026-11-01',
      to: '2026-11-30',
      by: 'month',
      people: { total: 122, strong: 85, email: 30, sms: 7 },
      items: [{ period: '2026-11', codes: 6, strong: 3 }],
    });
    expect(asked).toEqual([[{ kind: 'device', identity: 'any', totp: false }, REPLICA]]);
  });

  it('is counted with every passkey where all structures are', async () => {
    const { asked, service } = reports(null);
    await service.of(NATIONAL, {});
    expect(asked).toEqual([[{ kind: 'any', identity: 'any', totp: false }, REPLICA]]);
  });
});
