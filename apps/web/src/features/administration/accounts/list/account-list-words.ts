import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { exportAccounts } from '../../../../api/administration.api';
import { addressOf, nothing, RARE_SELECTIONS, type useAccountSearch } from '../account-search';
import { useRights } from '../../shared/rights';
import { columnsFor } from './account-columns';

/** Texts of the list: number of accounts, columns, views and files. */
export function useAccountListWords(
  { kept, question, query, data: items, total, hasMore }: ReturnType<typeof useAccountSearch>,
  searching: Ref<boolean>,
) {
  const { t } = useI18n();
  const { several } = useRights();
  const columns = computed(() =>
    columnsFor(several.value).map((value) => ({ value, text: t(`administration.columns.${value}`) })),
  );
  const files = computed(() => [
    {
      label: t('administration.list.exportFile'),
      name: t('administration.list.fileName'),
      read: () => exportAccounts({ ...query.value, form: 'fr' }),
    },
  ]);
  const filtered = computed(() => {
    const { status, only, structure } = question.value;
    return Boolean(kept.text.trim() || status || only || structure);
  });
  const views = computed(() => [
    {
      name: t('administration.views.absent'),
      query: addressOf({ ...nothing, status: 'ACTIVE', sort: 'lastSignedInAt' }),
    },
    { name: t('administration.views.latest'), query: addressOf({ ...nothing, sort: '-createdAt' }) },
    ...RARE_SELECTIONS.map((only) => ({
      name: t(`administration.list.selections.${only}`),
      query: { only },
    })),
  ]);
  const count = computed(() => {
    if (searching.value) return t('app.loading');
    if (!items.value) return '';
    const shown = t('administration.list.count', items.value.length);
    if (!hasMore.value) return shown;
    return total.value === null
      ? `${shown} ${t('administration.list.andMore')}`
      : t('administration.list.total', { shown: items.value.length, total: total.value });
  });
  return { columns, files, filtered, views, count };
}
