import { ErasureService } from '@portillon/personal-data';
import { AccountErasuresService } from '../accounts/close/account-erasures.service';
import { ChangeDecisionService } from '../accounts/pending/change-decision.service';

/** The acts that end what waits, and that erase, for a spec that runs them on a real database. */
export const DECISION_SERVICES = [AccountErasuresService, ChangeDecisionService, ErasureService];
