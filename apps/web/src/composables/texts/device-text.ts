import { useI18n } from 'vue-i18n';
import { deviceName } from './device-name';

/** Name of a device: « Firefox sur Windows ». */
export function useDeviceText(): (userAgent: string) => string {
  const { t } = useI18n();
  return (userAgent) => {
    const { browser, system } = deviceName(userAgent);
    if (browser && system) return t('devices.on', { browser, system });
    return browser ?? system ?? (userAgent.slice(0, 60) || t('devices.unknown'));
  };
}
