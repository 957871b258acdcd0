import { accountPersistence } from '@portillon/account';
import { administrationPersistence } from '@portillon/administration';
import { administrationSetupPersistence } from '@portillon/administration-setup';
import { applicationPersistence } from '@portillon/application';
import { auditPersistence } from '@portillon/audit';
import { authenticatorPersistence } from '@portillon/authenticator';
import { credentialPersistence } from '@portillon/credential';
import { gatePersistence } from '@portillon/gate';
import { idempotencyPersistence } from '@portillon/http';
import { keyRotationPersistence, writeProbePersistence, writerNodePersistence } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { myAccountPersistence } from '@portillon/my-account';
import { notificationPersistence } from '@portillon/notification';
import { openidPersistence } from '@portillon/openid';
import { otpPersistence } from '@portillon/otp';
import { proSanteConnectPersistence } from '@portillon/pro-sante-connect';
import { rateLimitPersistence } from '@portillon/rate-limit';
import { sessionPersistence } from '@portillon/session';
import { webhookPersistence } from '@portillon/webhook';

/** The tables of every lib. */
export const PERSISTENCE_PARTS: PersistencePart[] = [
  writeProbePersistence,
  writerNodePersistence,
  keyRotationPersistence,
  accountPersistence,
  credentialPersistence,
  authenticatorPersistence,
  otpPersistence,
  sessionPersistence,
  notificationPersistence,
  auditPersistence,
  rateLimitPersistence,
  idempotencyPersistence,
  proSanteConnectPersistence,
  openidPersistence,
  applicationPersistence,
  gatePersistence,
  webhookPersistence,
  myAccountPersistence,
  administrationSetupPersistence,
  administrationPersistence,
];
