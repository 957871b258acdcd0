export { personalData } from './data/data.dto';
export { PersonalRecordsService } from './data/personal-records.service';
export { MyAccountModule } from './my-account.module';
export { myAccountErrors } from './my-account.errors';
export { myAccountJournal } from './my-account.journal';
export { myAccountPurposes } from './my-account.purposes';
