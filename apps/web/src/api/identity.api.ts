import * as api from '@portillon/api-client';
import { call } from './call';
import { presenting, shown } from './card.api';

/** Presents the card, then links it; both again when a code had to be given first, which a ticket may not outlive. */
export async function linkCard(cardUrl: string | null): Promise<void> {
  if (!cardUrl) return void (await call(() => api.linkCard({ ...presenting(null), body: {} })));
  await call(async () => {
    const { ticket } = await shown(() => api.presentCard(presenting(cardUrl)));
    return api.linkCard({ body: { ticket } });
  });
}

/** Begins to link: where the browser goes to prove who is there. */
export const linkProSanteConnect = async () => (await call(() => api.linkProSanteConnect())).location;

export const unlinkNationalId = () => call(() => api.unlinkNationalId());
