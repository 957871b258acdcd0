import { configurableModule } from '@portillon/kernel';
import type { PublishedStatements } from './statements/site-statements.dto';

export const STATEMENTS = Symbol('SiteStatements');

export interface SetupOptions {
  /** The operator's texts from files. Default: none. */
  statements?: PublishedStatements;
  /** The public origin, where the link of a test mail leads. */
  publicUrl: string;
  /** The name of the service, as mails call it. */
  serviceName: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: SETUP_OPTIONS } =
  configurableModule<SetupOptions>();
