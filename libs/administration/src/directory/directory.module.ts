import { Module } from '@nestjs/common';
import { registerFindings } from '@portillon/kernel';
import { DirectoryFindings } from './directory.findings';
import { DirectoryLookupJob } from './directory-lookup.job';
import { ConfigurableModuleClass } from './directory.options';
import { PractitionerDirectoryService } from './practitioner-directory.service';

/** National ids, looked up in the directory of health professionals. */
@Module({
  providers: [...registerFindings(DirectoryFindings), PractitionerDirectoryService, DirectoryLookupJob],
  exports: [PractitionerDirectoryService],
})
export class DirectoryModule extends ConfigurableModuleClass {}
