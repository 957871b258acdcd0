import { computed, watch } from 'vue';
import { useForm } from '../../../../composables/form';
import type { AccountInvitation, Role } from '../../../../api/types';
import {
  ACCOUNT_FIELDS,
  type AccountFields,
  emptyFields,
  followName,
  missingFields,
  usualUsername,
} from './account-form';
import { useColleaguesDomain } from './colleagues-domain';
import { useFieldTexts } from '../../shared/field-texts';
import { useRights } from '../../shared/rights';

/** The form that invites a person. User name and address follow the name until the administrator types others. */
export function useAccountInvitation(roles: Role[], invite: (body: AccountInvitation) => Promise<unknown>) {
  const { national, several } = useRights();
  const form = useForm({
    initial: () => ({ ...emptyFields(), roles, nationalId: '' }),
    ...useFieldTexts(ACCOUNT_FIELDS, (fields: AccountFields) => missingFields(fields, several.value)),
    submit: ({ structure, nationalId, givenName, familyName, displayName, username, email, ...rest }) =>
      invite({
        ...rest,
        ...(givenName.trim() && { givenName: givenName.trim() }),
        ...(familyName.trim() && { familyName: familyName.trim() }),
        displayName: displayName.trim(),
        username: username.trim(),
        email: email.trim(),
        ...(several.value && { structureId: structure?.id ?? null }),
        ...(nationalId.trim() && { nationalId: nationalId.trim() }),
      }),
  });
  followName(form.values);
  const domain = useColleaguesDomain(() => (several.value ? (form.values.structure?.id ?? null) : undefined));
  const proposal = computed(() => {
    const username = usualUsername(form.values.displayName);
    return { username, email: username && domain.value ? `${username}@${domain.value}` : '' };
  });
  watch(proposal, (now, before) => {
    if (form.values.username === before.username) form.values.username = now.username;
    if (form.values.email === before.email) form.values.email = now.email;
  });
  return { form, national, several };
}
