// rights_and_menu.hpp - what the host's administrator gives to roles, and where in the host's menus the screens stand.
#pragma once

#include "dms/cpp/contributions.hpp"

namespace lead_system {

struct right_row {
  const char *id, *label, *roles;  ///< the roles that have it unless the administrator says otherwise
};
constexpr right_row rights[] = {
    {"leads.view", "See leads", "admin manager sales office"},
    {"leads.today", "Have a page of one's own day", "sales"},
    {"leads.process", "Work leads", "manager sales office"},
    {"leads.absence", "Enter one's own absence", "admin manager sales office"},
    {"leads.absences", "Enter the absences of others", "admin manager"},
    {"leads.assign", "Assign leads", "manager office admin"},
    {"leads.erase", "Anonymise leads", "admin"},
    {"leads.privacy", "Give out and anonymise a person's data", "admin"},
    {"leads.settings", "Change the lead settings", "admin"},
    {"leads.intake_log", "Read the lead import log", "admin"},
    {"leads.feedback_log", "Read the lead feedback log", "admin"},
    {"leads.sales", "Compare the sales of the DMS with the leads", "admin manager sales office"},
    {"leads.evaluation", "See the lead evaluation", "admin manager sales office"}};

struct menu_row {
  int order;
  const char *path, *label, *right, *screen;
};
constexpr menu_row menu[] = {
    {5, DMS_MENU_LEADS, "Today", "leads.today", "leads.today"},
    {10, DMS_MENU_LEADS, "Lead overview", "leads.view", "leads.overview"},
    {20, DMS_MENU_LEADS, "New lead", "leads.process", "leads.new"},
    {30, DMS_MENU_LEADS, "Absence", "leads.absence", "leads.absence"},
    {10, DMS_MENU_EVALUATION, "Lead evaluation", "leads.evaluation", "leads.evaluation"},
    {20, DMS_MENU_EVALUATION, "Sales and leads", "leads.sales", "leads.sales"},
    {30, DMS_MENU_EVALUATION, "Report for the manufacturer", "leads.evaluation", "leads.manufacturer"},
    {10, DMS_MENU_ADMINISTRATION, "Lead settings", "leads.settings", "leads.settings"},
    {15, DMS_MENU_ADMINISTRATION, "Cutover", "leads.settings", "leads.cutover"},
    {40, DMS_MENU_ADMINISTRATION, "Privacy", "leads.privacy", "leads.privacy"},
    {20, DMS_MENU_ADMINISTRATION, "Lead import log", "leads.intake_log", "leads.intake_log"},
    {30, DMS_MENU_ADMINISTRATION, "Lead feedback", "leads.feedback_log", "leads.feedback_log"}};

inline void add_rights(dms::contributions &to) {
  for (const auto &one : rights) to.add_right(one.id, one.label, one.roles);
}
inline void add_menu(dms::contributions &to) {
  for (const auto &one : menu) to.add_menu(one.order, one.path, one.label, one.right, one.screen);
}

}  // namespace lead_system
