import * as api from '@portillon/api-client';
import { call } from './call';
import { presenting, shown } from './card.api';

/** Presents the card, then links it. Repeats both after a request for a code, because the ticket may have expired. */
export async function linkCard(cardUrl: string | null): Promise<void> {
  if (!cardUrl) return void (await call(() => api.linkCard({ ...presenting(null), body: {} })));
  await call(async () => {
    const { ticket } = await shown(() => api.presentCard(presenting(cardUrl)));
    return api.linkCard({ body: { ticket } });
  });
}

/** Starts linking. Returns where the browser goes to prove the person's identity. */
export const linkProSanteConnect = async () => (await call(() => api.linkProSanteConnect())).location;

export const unlinkNationalId = () => call(() => api.unlinkNationalId());
