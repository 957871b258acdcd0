import type { WorkplaceService } from '@portillon/access';
import type { LegalNoticeService } from '@portillon/administration-setup';
import type { ShownBranding } from '@portillon/structure';
import type { Client } from '@portillon/http';
import type { ChannelService, NotificationService } from '@portillon/notification';
import type { InteractionBrandingService } from '@portillon/openid';
import type { OperationOptions } from '../operation.options';
import { ServiceDescription } from './service-description.service';

const HERE = { name: 'Hôpital Nord', logo: null, accent: null };
const ASKING = { name: 'CHU Sud', logo: 'd1', accent: '#0a5650' };
const AWAY = () => Promise.reject(new Error('the database is away'));

/**
 * Describes the service to a computer at a structure's addresses; `request` is from an application of another structure.
 */
function described(branding: ShownBranding | undefined, brandingOf = async () => ASKING) {
  const asked: string[] = [];
  const service = new ServiceDescription(
    { serviceName: 'Portillon' } as OperationOptions,
    { available: () => true } as unknown as NotificationService,
    { failingSince: () => undefined } as unknown as ChannelService,
    { at: async () => ({ shared: false, branding }) } as unknown as WorkplaceService,
    { of: (uid: string) => (asked.push(uid), brandingOf()) } as unknown as InteractionBrandingService,
    { accessibilityState: async () => 'none' } as unknown as LegalNoticeService,
  );
  return {
    asked,
    face: async (request?: string) => (await service.read({} as Client, request)).face,
  };
}

describe('what a page is recognised by before anybody has signed in', () => {
  it('is the structure where the computer is, whatever application asks', async () => {
    const { face, asked } = described(HERE);
    expect([await face('request'), asked]).toEqual([HERE, []]);
  });

  it('is else the structure whose application asks', async () => {
    const { face, asked } = described(undefined);
    expect([await face('request'), asked]).toEqual([{ ...ASKING, logo: '/api/logos/d1' }, ['request']]);
  });

  it('is nothing where no application asks, and nothing is looked for', async () => {
    const { face, asked } = described(undefined);
    expect([await face(), asked]).toEqual([null, []]);
  });

  it('is nothing while it cannot be read: the page opens all the same', async () => {
    expect(await described(undefined, AWAY).face('request')).toBeNull();
  });
});
