import type { ApplicationEntity } from '@portillon/application';
import type { ProofOffer } from './proof-offer.service';

/** The library's name for a request that waits for a user. */
export const INTERACTION = 'Interaction';

/** The next step of the user. */
export const INTERACTION_PROMPTS = ['sign-in', 'step-up', 'confirm-identity', 'consent'] as const;
export type InteractionPrompt = (typeof INTERACTION_PROMPTS)[number];

/** A sign-in that an application waits for, as a page shows it. */
export interface InteractionDetails extends ProofOffer {
  application: Pick<ApplicationEntity, 'id' | 'name' | 'initiateLoginUri'> & { operator: string | null };
  prompt: InteractionPrompt;
  /** Who is signed in now; null when no one is. */
  account: { displayName: string } | null;
  requiredAcr: string | null;
  maxAge: number | null;
  scopes: string[];
  loginHint: string | null;
}
