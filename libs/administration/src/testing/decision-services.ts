import { ErasureService } from '@portillon/personal-data';
import { AccountErasureService } from '../accounts/close/account-erasure.service';
import { ChangeDecisionService } from '../accounts/pending/change-decision.service';
import { ChangeEffectService } from '../accounts/pending/change-effect.service';
import { ErasureRequestService } from '../accounts/close/erasure-request.service';

/** The acts that end what waits, and that erase, for a spec that runs them on a real database. */
export const DECISION_SERVICES = [
  AccountErasureService,
  ChangeDecisionService,
  ChangeEffectService,
  ErasureService,
  ErasureRequestService,
];
