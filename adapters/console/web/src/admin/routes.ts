// The pages of administrators, each lazy, with a navigation of their own.
import type { RouteRecordRaw } from 'vue-router';

import { is_role, session } from '../state/session';

// Auditors read along; what they may not do is not offered to them.
export const may_administer = () => is_role('administrator', 'auditor');
export const may_change = () => is_role('administrator');

// Notices that reached nobody are also for those who answer for the cases.
export const may_settle = () => is_role('administrator', 'supervisor', 'duty_officer', 'mediator');

// Whoever only administers reads no case, and hears of none.
export const reads_cases = () => session.me?.roles.some((role) => role !== 'administrator') ?? false;

interface AdminPage {
  name: string;
  auditor: boolean; // auditors may read it too
  component: () => Promise<unknown>;
}

export const admin_pages: AdminPage[] = [
  { name: 'config', auditor: true, component: () => import('../pages/admin/ConfigPage.vue') },
  { name: 'channels', auditor: true, component: () => import('../pages/admin/ChannelsPage.vue') },
  { name: 'letters', auditor: true, component: () => import('../pages/admin/LettersPage.vue') },
  { name: 'accounts', auditor: false, component: () => import('../pages/admin/AccountsPage.vue') },
  { name: 'people', auditor: false, component: () => import('../pages/admin/PeoplePage.vue') },
  { name: 'duty', auditor: true, component: () => import('../pages/admin/DutyPage.vue') },
  { name: 'audit', auditor: true, component: () => import('../pages/admin/AuditPage.vue') },
  { name: 'calendars', auditor: true, component: () => import('../pages/admin/CalendarsPage.vue') },
];

export const admin_routes: RouteRecordRaw[] = [
  { path: '/admin', name: 'admin', redirect: { name: 'admin-config' } },
  ...admin_pages.map(
    ({ name, component }): RouteRecordRaw => ({
      path: `/admin/${name}`,
      name: `admin-${name}`,
      component: component as () => Promise<object>,
      meta: { title: `admin.nav.${name}` },
    }),
  ),
];
