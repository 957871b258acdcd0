import type { PersistencePart } from '@portillon/persistence';
import { CreateGate1764000015001 } from './migrations/1764000015001-create-gate';
import { GateRuleEntity } from './rules/gate-rule.entity';
import { GateSessionEntity } from './sign-in/gate-session.entity';
import { GateSignInEntity } from './sign-in/gate-sign-in.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const gatePersistence: PersistencePart = {
  entities: [GateRuleEntity, GateSessionEntity, GateSignInEntity],
  migrations: [CreateGate1764000015001],
  afterRestore: { emptied: [GateSessionEntity, GateSignInEntity], kept: [GateRuleEntity] },
};
