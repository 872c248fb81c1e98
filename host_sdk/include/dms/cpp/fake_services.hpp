// fake_services.hpp - what the services of fake_host do: simple ones, those that keep records, those that register.
#pragma once

#include "events.hpp"
#include "fake_host.hpp"

namespace dms::testing {

inline void fake_host::fill_simple() {
  log = {this, [](void *context, std::int32_t, dms_str line) {
           with(context, [&](auto &self) { self.lines.emplace_back(view(line)); });
         }};
  settings = {this, [](void *context, dms_str key, const dms_sink *value, dms_error *error) {
                const auto found = with(context, [&](auto &self) {
                  const auto kept = self.values.find(std::string(view(key)));
                  return kept == self.values.end() ? std::nullopt : std::optional(kept->second);
                });
                return found ? put(value, std::string_view(*found)) : missing(error);
              }};
  secrets = {this, [](void *context, const dms_call *, dms_str key, dms_str value, dms_error *) -> dms_status {
               with(context, [&](auto &self) {
                 if (value.len == 0) {
                   self.values.erase(std::string(view(key)));
                 } else {
                   self.values[std::string(view(key))] = view(value);
                 }
               });
               return dms_ok;
             }};
  storage = {this,
             [](void *context, const dms_sink *path, dms_error *) {
               return put(path, std::string_view(of(context).folder_.native()));
             },
             [](void *, const dms_sink *, dms_error *) -> dms_status { return dms_ok; }};
  directory = {this, [](void *context) -> std::int64_t { return of(context).generation; },
               [](void *context, const dms_sink *sink, dms_error *) {
                 return put_json(sink, with(context, [](auto &self) { return self.users; }));
               },
               [](void *context, const dms_sink *sink, dms_error *) {
                 return put_json(sink, with(context, [](auto &self) { return self.locations; }));
               }};
  notifications = {this,
                   [](void *context, dms_str key, dms_str what, dms_error *) -> dms_status {
                     with(context, [&](auto &self) { self.bell.emplace(view(key), read(what)); });
                     return dms_ok;
                   },
                   [](void *context, dms_str key, dms_error *) -> dms_status {
                     with(context, [&](auto &self) { self.bell.erase(std::string(view(key))); });
                     return dms_ok;
                   }};
  audit = {
      this, [](void *context, const dms_call *, dms_str action, dms_str subject, dms_str, dms_error *) -> dms_status {
        with(context,
             [&](auto &self) { self.audited.push_back(std::string(view(action)) + ' ' + std::string(view(subject))); });
        return dms_ok;
      }};
  erasure = {this, [](void *context, const dms_call *, dms_str what, dms_error *) -> dms_status {
               with(context, [&](auto &self) {
                 for (const auto &reference : read(what).value("references", nlohmann::json::array())) {
                   for (auto &[id, contact] : self.listed) {
                     if (contact.value("reference", "") == reference) contact["name"] = contact["note"] = "";
                   }
                 }
               });
               return dms_ok;
             }};
}

inline nlohmann::json fake_host::once(std::map<std::string, nlohmann::json> &kept, dms_str key, dms_str document,
                                      nlohmann::json more) {
  auto &id = made[std::string(view(key))];
  if (id.empty()) {
    id = std::to_string(++last_);
    more.update(read(document));
    more["id"] = id;
    kept[id] = std::move(more);
  }
  return kept[id];
}

inline bool fake_host::shares(const nlohmann::json &customer, const nlohmann::json &query) {
  const auto listed_in = [&](const char *list, const nlohmann::json &value) {
    const auto wanted = query.value(list, nlohmann::json::array());
    return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
  };
  return listed_in("ids", customer["id"]) || listed_in("emails", customer.value("email", ""));
}

inline nlohmann::json fake_host::without_revision(nlohmann::json customer) {
  customer.erase("revision");
  return customer;
}

inline void fake_host::fill_records() {
  customers = {this,
               [](void *context, dms_str query, const dms_sink *json, dms_error *) {
                 const auto wanted = read(query);
                 return put_json(
                     json, with(context, [&](auto &self) {
                       auto found = nlohmann::json::array();
                       for (const auto &[id, customer] : self.known_customers) {
                         if (found.size() < wanted.value("limit", std::size_t{20}) && shares(customer, wanted)) {
                           found.push_back(without_revision(customer));
                         }
                       }
                       return found;
                     }));
               },
               [](void *context, dms_str id, const dms_sink *json, dms_error *error) {
                 const auto found = with(context, [&](auto &self) { return by_id(self.known_customers, id); });
                 return found ? put_json(json, without_revision(*found)) : missing(error);
               },
               [](void *context, const dms_call *, dms_str key, dms_str customer, const dms_sink *json, dms_error *) {
                 return put_json(json, without_revision(with(context, [&](auto &self) {
                                   return self.once(self.known_customers, key, customer, {{"revision", 1}});
                                 })));
               }};
  changes = {this,
             [](void *context, dms_str id, const dms_sink *json, dms_error *error) {
               return put_found(json, error,
                                with(context, [&](auto &self) { return by_id(self.known_customers, id); }));
             },
             &change, &take_back};
  contacts = {this,
              [](void *context, const dms_call *, dms_str key, dms_str contact, const dms_sink *json, dms_error *) {
                return put_json(json, with(context, [&](auto &self) {
                                  return self.once(self.listed, key, contact, {{"done_us", 0}, {"result", ""}});
                                }));
              },
              [](void *context, dms_str reference, const dms_sink *json, dms_error *) {
                return put_json(json, with(context, [&](auto &self) {
                                  auto found = nlohmann::json::array();
                                  for (const auto &[id, contact] : self.listed) {
                                    if (contact.value("reference", "") == view(reference)) found.push_back(contact);
                                  }
                                  return found;
                                }));
              },
              [](void *context, const dms_call *, dms_str reference, dms_str user, dms_error *) -> dms_status {
                with(context, [&](auto &self) {
                  self.each_open(reference, [&](auto &contact) { contact["user"] = view(user); });
                });
                return dms_ok;
              },
              [](void *context, const dms_call *, dms_str reference, dms_error *) -> dms_status {
                with(context, [&](auto &self) {
                  self.each_open(reference, [&](auto &contact) { contact["done_us"] = self.now_us; });
                });
                return dms_ok;
              }};
  completion = {
      this, [](void *context, const dms_call *, dms_str id, dms_str result, dms_str, dms_error *error) -> dms_status {
        const auto word = view(result);
        if (word != "reached" && word != "tried" && !word.empty()) {
          return fail(error, dms_invalid, "There is no such result.");
        }
        const bool there = with(context, [&](auto &self) {
          const auto found = self.listed.find(std::string(view(id)));
          if (found == self.listed.end()) return false;
          if (found->second["done_us"] == 0) {
            found->second["done_us"] = self.now_us;
            found->second["result"] = word;
          }
          return true;
        });
        return there ? dms_status{dms_ok} : missing(error);
      }};
  fill_news();
}

inline void fake_host::fill_news() {
  sales = {this,
           [](void *context, std::int64_t after, std::uint32_t limit, const dms_sink *json, dms_error *) {
             return put_json(json, with(context, [&](auto &self) { return later_than(self.deals, after, limit); }));
           },
           [](void *context, dms_str id, const dms_sink *json, dms_error *error) {
             return put_found(json, error, with(context, [&](auto &self) -> std::optional<nlohmann::json> {
                                for (const auto &deal : self.deals) {
                                  if (deal["id"] == view(id)) return deal;
                                }
                                return std::nullopt;
                              }));
           }};
  absences = {this, [](void *context) -> std::int64_t { return of(context).generation; },
              [](void *context, dms_str since, const dms_sink *json, dms_error *error) -> dms_status {
                if (since.len != 10) return fail(error, dms_invalid, "This is no day.");
                return put_json(json, with(context, [&](auto &self) {
                                  auto found = nlohmann::json::array();
                                  for (const auto &one : self.absent) {
                                    if (one["to"] >= view(since)) found.push_back(one);
                                  }
                                  return found;
                                }));
              }};
  mail = {this,
          [](void *, const dms_sink *json, dms_error *) {
            return put_json(json, {{"address", "leads@example.org"}, {"name", "Example"}, {"replies", true}});
          },
          [](void *context, const dms_call *, dms_str key, dms_str what, const dms_sink *json,
             dms_error *error) -> dms_status {
            if (read(what).value("to", "").find('@') == std::string::npos)
              return fail(error, dms_invalid, "This is no address.");
            return put_json(json, with(context, [&](auto &self) { return self.sent(key, what); }));
          },
          [](void *context, dms_str id, const dms_sink *json, dms_error *error) {
            return put_found(json, error, with(context, [&](auto &self) -> std::optional<nlohmann::json> {
                               for (const auto &one : self.mail_news) {
                                 if (one["kind"] == "mail" && one["id"] == view(id)) return one;
                               }
                               return std::nullopt;
                             }));
          },
          [](void *context, std::int64_t after, std::uint32_t limit, const dms_sink *json, dms_error *) {
            return put_json(json, with(context, [&](auto &self) { return later_than(self.mail_news, after, limit); }));
          }};
}

inline nlohmann::json fake_host::sent(dms_str key, dms_str what) {
  const auto kept = once(mails, key, what, nlohmann::json::object());
  for (const auto &one : mail_news) {
    if (one["id"] == kept["id"]) return one;
  }
  mail_news.push_back({{"kind", "mail"},
                       {"id", kept["id"]},
                       {"reference", kept.value("reference", "")},
                       {"state", "sent"},
                       {"change", mail_news.size() + 1}});
  return mail_news.back();
}

inline dms_status fake_host::change(void *context, const dms_call *, dms_str key, dms_str id, std::int64_t revision,
                                    dms_str wanted, const dms_sink *json, dms_error *error) {
  std::string said;
  const auto status = with(context, [&](auto &self) -> dms_status {
    auto &answer = self.answered[std::string(view(key))];
    if (answer.empty()) {
      const auto found = self.known_customers.find(std::string(view(id)));
      if (found == self.known_customers.end()) return missing(error);
      auto &customer = found->second;
      if (customer["revision"] != revision) return fail(error, dms_conflict, "The customer was changed meanwhile.");
      auto was = nlohmann::json::object();
      const auto named = read(wanted);
      for (const auto &[name, value] : named.items()) {
        was[name] =
            customer.value(name, nlohmann::json(value.is_array() ? nlohmann::json::array() : nlohmann::json("")));
        customer[name] = value;
      }
      customer["revision"] = revision + 1;
      answer = to_text({{"customer", customer}, {"was", was}});
    }
    said = answer;
    return dms_ok;
  });
  return status == dms_ok ? put(json, std::string_view(said)) : status;
}

inline dms_status fake_host::take_back(void *context, const dms_call *, dms_str id, std::int64_t revision, dms_str,
                                       dms_error *error) {
  return with(context, [&](auto &self) -> dms_status {
    const auto found = self.known_customers.find(std::string(view(id)));
    if (found == self.known_customers.end()) return missing(error);
    if (found->second["revision"] != revision) return fail(error, dms_conflict, "The customer was changed meanwhile.");
    self.known_customers.erase(found);
    std::erase_if(self.made, [&](const auto &one) { return one.second == view(id); });
    return dms_ok;
  });
}

template <typename Change>
void fake_host::each_open(dms_str reference, Change &&change_one) {
  for (auto &[id, contact] : listed) {
    if (contact.value("reference", "") == view(reference) && contact["done_us"] == 0) change_one(contact);
  }
}

template <typename Item>
dms_handle fake_host::keep(void *context, std::map<dms_handle, const Item *> &items, const Item *item,
                           dms_str Item::*id, bool once_only, dms_error *error) {
  const bool taken = std::any_of(items.begin(), items.end(),
                                 [&](const auto &one) { return view(one.second->*id) == view(item->*id); });
  if (once_only && taken) return fail(error, dms_refused, "That id is taken."), dms_handle{0};
  items[++of(context).last_] = item;
  return of(context).last_;
}

inline void fake_host::fill_registries() {
  menu = {this,
          [](void *context, const dms_menu_entry *entry, dms_error *) -> dms_handle {
            of(context).menus[++of(context).last_] = {std::string(view(entry->path)), std::string(view(entry->label)),
                                                      std::string(view(entry->right)),
                                                      std::string(view(entry->screen))};
            return of(context).last_;
          },
          [](void *context, dms_handle handle) { of(context).menus.erase(handle); }};
  rights = {this,
            [](void *context, const dms_right *right, dms_error *) -> dms_handle {
              of(context).granted[++of(context).last_] = {std::string(view(right->id)), std::string(view(right->label)),
                                                          std::string(view(right->default_roles))};
              return of(context).last_;
            },
            [](void *context, dms_handle handle) { of(context).granted.erase(handle); }};
  screens = {this,
             [](void *context, const dms_screen *item, dms_error *error) {
               return keep(context, of(context).shown, item, &dms_screen::id, true, error);
             },
             [](void *context, dms_handle handle) { of(context).shown.erase(handle); }};
  imports = {this,
             [](void *context, const dms_import_hook *item, dms_error *error) -> dms_handle {
               const auto source = view(item->source);
               const bool named = !source.empty() && source.size() <= 64 &&
                                  source.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == source.npos;
               if (!named) return fail(error, dms_invalid, "A source is named by a-z, 0-9 and _."), dms_handle{0};
               return keep(context, of(context).hooks, item, &dms_import_hook::source, true, error);
             },
             [](void *context, dms_handle handle) { of(context).hooks.erase(handle); }};
  jobs = {this,
          [](void *context, const dms_job *item, dms_error *error) {
            return keep(context, of(context).work, item, &dms_job::id, true, error);
          },
          [](void *context, dms_handle handle) { of(context).work.erase(handle); },
          [](void *context, dms_str id) { with(context, [&](auto &self) { self.woken.emplace_back(view(id)); }); }};
  events = {this,
            [](void *context, const dms_event_handler *item, dms_error *error) -> dms_handle {
              if (!is_event(view(item->event)))
                return fail(error, dms_unsupported, "This host does not tell about that."), dms_handle{0};
              return keep(context, of(context).handlers, item, &dms_event_handler::event, false, error);
            },
            [](void *context, dms_handle handle) { of(context).handlers.erase(handle); }};
  references = {this,
                [](void *context, const dms_reference_guard *item, dms_error *error) {
                  return keep(context, of(context).guards, item, &dms_reference_guard::prefix, true, error);
                },
                [](void *context, dms_handle handle) { of(context).guards.erase(handle); }};
}

}  // namespace dms::testing
