import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { UserManagementModule } from '@portillon/user-management';
import { Module } from '@nestjs/common';
import { MachinesOnlyGuard } from './scim-route.decorator';
import { ScimDiscoveryController } from './scim-discovery.controller';
import { ScimErrorFilter } from './scim-error.filter';
import { ScimGroupController } from './scim-group.controller';
import { ScimMemberService } from './scim-member.service';
import { ScimUserController } from './scim-user.controller';
import { ScimUserService } from './scim-user.service';
import { ConfigurableModuleClass } from './scim.options';

/** SCIM 2.0 in. */
@Module({
  imports: [AccessModule, AccountModule, UserManagementModule],
  controllers: [ScimDiscoveryController, ScimUserController, ScimGroupController],
  providers: [MachinesOnlyGuard, ScimErrorFilter, ScimMemberService, ScimUserService],
})
export class ScimModule extends ConfigurableModuleClass {}
