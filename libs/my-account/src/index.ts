export { Account, accountView } from './account.dto';
export { ActivityItem, activityItem } from './devices/device.dto';
export { OWN_LISTS, OwnList } from './lists/own-list.dto';
export { MyAccountModule } from './my-account.module';
export { myAccountErrors } from './my-account.errors';
export { myAccountJournal } from './my-account.journal';
export { myAccountPurposes } from './my-account.purposes';
export { OwnAccountService } from './own-account.service';
