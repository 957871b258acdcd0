import { configurableModule } from '@portillon/kernel';

export interface DirectoryOptions {
  /** The FHIR R4 server of the Annuaire Santé; null: nothing is looked up. */
  annuaire: { url: string; key: string } | null;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: DIRECTORY_OPTIONS } =
  configurableModule<DirectoryOptions>();
