import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { NoticeLinkService } from './tokens/notice-link.service';

/** Links and attempts say nothing that the export lacks. A link of a notice holds an address, and is deleted with the account. */
@Injectable()
export class CredentialPersonalData implements PersonalDataSource {
  constructor(private readonly noticeLinks: NoticeLinkService) {}

  export(): Promise<object> {
    return Promise.resolve({});
  }

  erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    return this.noticeLinks.erase(id, tx);
  }
}
