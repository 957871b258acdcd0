import { watch } from 'vue';
import { useForm } from '../../../../composables/form';
import type { AccountInvitation, Role } from '../../../../api/types';
import {
  ACCOUNT_FIELDS,
  type AccountFields,
  emptyFields,
  missingFields,
  usualUsername,
} from './account-form';
import { useFieldTexts } from '../../shared/field-texts';
import { useRights } from '../../shared/rights';

/** The form that invites a person. The user name follows the name until somebody types one. */
export function useAccountInvitation(roles: Role[], invite: (body: AccountInvitation) => Promise<unknown>) {
  const { national } = useRights();
  const form = useForm({
    initial: () => ({ ...emptyFields(), roles, nationalId: '' }),
    ...useFieldTexts(ACCOUNT_FIELDS, (fields: AccountFields) => missingFields(fields, national.value)),
    submit: ({ structure, nationalId, displayName, username, email, ...rest }) =>
      invite({
        ...rest,
        displayName: displayName.trim(),
        username: username.trim(),
        email: email.trim(),
        ...(national.value && { structureId: structure?.id ?? null }),
        ...(nationalId.trim() && { nationalId: nationalId.trim() }),
      }),
  });
  watch(
    () => form.values.displayName,
    (name, before) => {
      const isTyped = form.values.username !== usualUsername(before);
      if (!isTyped) form.values.username = usualUsername(name);
    },
  );
  return { form, national };
}
