{ Services over a few arrays, and what the plugin registered. A vendor puts the own master data in their place. }
unit host;

{$mode delphi}{$h+}{$packrecords c}

interface

uses dms_interface, dms;

const
  most_items = 64;

type
  { The document is without its closing brace and without whose it is. }
  TKept = record key, reference, email, user, document: AnsiString; ended: Integer; end;
  TPerson = record login, name, role: AnsiString; active: Boolean; end;
  PPerson = ^TPerson;
  TRecords = record items: array[0..most_items - 1] of TKept; count: Integer; end;
  TTable = array[1..most_items] of Pointer;

var
  people: array[1..3] of TPerson = ((login: 'admin'; name: 'Ada Wimmer'; role: 'admin'; active: True),
    (login: 'leitung'; name: 'Maria Leitner'; role: 'manager'; active: True),
    (login: 'verkauf1'; name: 'Lukas Steiner'; role: 'sales'; active: True));
  customers, contacts: TRecords;
  screens, hooks, jobs, handlers: TTable;
  menus: array[1..most_items] of AnsiString;
  rights: array[1..most_items, 0..1] of AnsiString;
  data_folder: AnsiString;
  this_host: TDmsHost;

{ The first text or number behind "name": in a document; empty where there is none. A real host has a JSON library. }
function member(const document, name: AnsiString): AnsiString;
{ The host itself, which has no role, has every right. }
function may_do(const role, right: AnsiString): Boolean;
procedure set_active(var who: TPerson; active: Boolean);

implementation

uses SysUtils, StrUtils;

const
  locations = '[{"id":"wien","name":"Wien","city":"Wien","open":true,"time_zone":"Europe/Vienna","region":"AT-9",' +
    '"opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}]';

function member(const document, name: AnsiString): AnsiString;
var
  at, last: Integer;
begin
  result := '';
  at := Pos('"' + name + '":', document);
  if at = 0 then Exit;
  at := at + Length(name) + 3;
  while (at <= Length(document)) and (document[at] = ' ') do Inc(at);
  if (at <= Length(document)) and (document[at] = '"') then begin
    Inc(at);
    last := PosEx('"', document, at);
  end else begin
    last := at;
    while (last <= Length(document)) and not (document[last] in [',', '}', ']']) do Inc(last);
  end;
  result := Copy(document, at, last - at);
end;

var
  generation_now: Int64 = 1;

procedure set_active(var who: TPerson; active: Boolean);
begin
  who.active := active;
  Inc(generation_now);
end;

function may_do(const role, right: AnsiString): Boolean;
var
  at: Integer;
begin
  result := role = '';
  for at := 1 to most_items do
    if (rights[at, 0] = right) and (right <> '') and (Pos(' ' + role + ' ', ' ' + rights[at, 1] + ' ') > 0) then
      result := True;
end;

{ --- storage, settings, directory --- }
function data_directory(context: Pointer; path: PDmsSink; error: PDmsError): Int32; cdecl;
begin
  result := put(path, data_folder);
end;
function nothing_written(context: Pointer; connection: PDmsSink; error: PDmsError): Int32; cdecl;
begin
  result := DMS_OK;
end;
function setting(context: Pointer; key: TDmsStr; value: PDmsSink; error: PDmsError): Int32; cdecl;
begin
  if text_of(key) = 'locale' then result := put(value, 'en')
  else result := say(error, DMS_NOT_FOUND, 'This setting is not set.');
end;
function generation(context: Pointer): Int64; cdecl;
begin
  result := generation_now;
end;
function all_users(context: Pointer; json: PDmsSink; error: PDmsError): Int32; cdecl;
var
  at: Integer;
  all: AnsiString;
begin
  all := '';
  for at := Low(people) to High(people) do
    all := all + IfThen(all = '', '', ',') + '{"id":"' + people[at].login + '","name":"' + people[at].name + '","active":' +
      IfThen(people[at].active, 'true', 'false') + ',"roles":["' + people[at].role + '"],"locations":["wien"]}';
  result := put(json, '[' + all + ']');
end;
function all_locations(context: Pointer; json: PDmsSink; error: PDmsError): Int32; cdecl;
begin
  result := put(json, locations);
end;

{ --- records: the document, and what the host adds to it --- }
function written(const one: TKept; number: Integer): AnsiString;
begin
  result := one.document + ',"id":"' + IntToStr(number) + '"' + IfThen(one.user = '', '', ',"user":"' + one.user + '"') +
    ',"done_us":' + IntToStr(one.ended) + ',"result":""}';
end;
{ Without the member `user`, and without the closing brace. }
function without_user(const document: AnsiString): AnsiString;
var
  whose: AnsiString;
begin
  whose := '"user":"' + member(document, 'user') + '"';
  result := Copy(document, 1, Length(document) - 1);
  if Pos(',' + whose, result) > 0 then Delete(result, Pos(',' + whose, result), Length(whose) + 1)
  else if Pos(whose + ',', result) > 0 then Delete(result, Pos(whose + ',', result), Length(whose) + 1);
end;
{ What was made under a key is answered again, and never made twice. }
function make(var kept: TRecords; first: Integer; const key, document: AnsiString; json: PDmsSink; error: PDmsError): Int32;
var
  at: Integer;
begin
  for at := 0 to kept.count - 1 do
    if kept.items[at].key = key then Exit(put(json, written(kept.items[at], first + at)));
  if kept.count = most_items then Exit(say(error, DMS_UNAVAILABLE, 'This host keeps no more.'));
  at := kept.count;
  kept.items[at].key := key;
  kept.items[at].reference := member(document, 'reference');
  kept.items[at].email := member(document, 'email');
  kept.items[at].user := member(document, 'user');
  kept.items[at].document := without_user(document);
  Inc(kept.count);
  result := put(json, written(kept.items[at], first + at));
end;
{ What stands between the brackets of a list of texts. }
function list_of(const document, name: AnsiString): AnsiString;
var
  at: Integer;
begin
  result := '';
  at := Pos('"' + name + '":[', document);
  if at = 0 then Exit;
  at := at + Length(name) + 4;
  result := Copy(document, at, PosEx(']', document, at) - at);
end;
function find_customers(context: Pointer; query: TDmsStr; json: PDmsSink; error: PDmsError): Int32; cdecl;
var
  at, left: Integer;
  emails, all: AnsiString;
begin
  { By e-mail address alone; a real host compares all that customers.h names. }
  emails := list_of(text_of(query), 'emails');
  left := StrToIntDef(member(text_of(query), 'limit'), 20);
  all := '';
  for at := 0 to customers.count - 1 do begin
    if (left = 0) or (Pos('"' + customers.items[at].email + '"', emails) = 0) then Continue;
    all := all + IfThen(all = '', '', ',') + written(customers.items[at], 10000 + at);
    Dec(left);
  end;
  result := put(json, '[' + all + ']');
end;
function get_customer(context: Pointer; id: TDmsStr; json: PDmsSink; error: PDmsError): Int32; cdecl;
var
  at: Integer;
begin
  at := StrToIntDef(text_of(id), 0) - 10000;
  if (at < 0) or (at >= customers.count) then Exit(say(error, DMS_NOT_FOUND, 'There is no such customer.'));
  result := put(json, written(customers.items[at], 10000 + at));
end;
function create_customer(context: Pointer; call: PDmsCall; key, document: TDmsStr; json: PDmsSink; error: PDmsError): Int32; cdecl;
begin
  result := make(customers, 10000, text_of(key), text_of(document), json, error);
end;
function create_contact(context: Pointer; call: PDmsCall; key, document: TDmsStr; json: PDmsSink; error: PDmsError): Int32; cdecl;
begin
  result := make(contacts, 1, text_of(key), text_of(document), json, error);
end;
function list_contacts(context: Pointer; reference: TDmsStr; json: PDmsSink; error: PDmsError): Int32; cdecl;
var
  at: Integer;
  all: AnsiString;
begin
  all := '';
  for at := 0 to contacts.count - 1 do
    if contacts.items[at].reference = text_of(reference) then
      all := all + IfThen(all = '', '', ',') + written(contacts.items[at], 1 + at);
  result := put(json, '[' + all + ']');
end;
function reassign(context: Pointer; call: PDmsCall; reference, user: TDmsStr; error: PDmsError): Int32; cdecl;
var
  at: Integer;
begin
  for at := 0 to contacts.count - 1 do
    if (contacts.items[at].reference = text_of(reference)) and (contacts.items[at].ended = 0) then
      contacts.items[at].user := text_of(user);
  result := DMS_OK;
end;
function end_contacts(context: Pointer; call: PDmsCall; reference: TDmsStr; error: PDmsError): Int32; cdecl;
var
  at: Integer;
begin
  for at := 0 to contacts.count - 1 do
    if contacts.items[at].reference = text_of(reference) then contacts.items[at].ended := 1;
  result := DMS_OK;
end;

{ --- registries; their context is the table that they fill --- }
function add_item(var table: TTable; item: Pointer): UInt64;
begin
  for result := 1 to most_items do
    if table[result] = nil then begin
      table[result] := item;
      Exit;
    end;
  result := 0;
end;
function refused(error: PDmsError; status: Int32; const sentence: AnsiString): UInt64;
begin
  say(error, status, sentence);
  result := 0;
end;
function add_screen(context: Pointer; screen: PDmsScreen; error: PDmsError): UInt64; cdecl;
var
  one: Pointer;
begin
  for one in TTable(context^) do
    if (one <> nil) and (text_of(PDmsScreen(one).id) = text_of(screen.id)) then
      Exit(refused(error, DMS_REFUSED, 'This name is taken.'));
  result := add_item(TTable(context^), screen);
end;
function is_source(const name: AnsiString): Boolean;
var
  letter: AnsiChar;
begin
  result := (name <> '') and (Length(name) <= 64);
  for letter in name do result := result and (letter in ['a'..'z', '0'..'9', '_']);
end;
function add_hook(context: Pointer; hook: PDmsImportHook; error: PDmsError): UInt64; cdecl;
var
  one: Pointer;
begin
  if not is_source(text_of(hook.source)) then Exit(refused(error, DMS_INVALID, 'A source is named by a-z, 0-9 and _.'));
  for one in TTable(context^) do
    if (one <> nil) and (text_of(PDmsImportHook(one).source) = text_of(hook.source)) then
      Exit(refused(error, DMS_REFUSED, 'This name is taken.'));
  result := add_item(TTable(context^), hook);
end;
function add_job(context: Pointer; job: PDmsJob; error: PDmsError): UInt64; cdecl;
var
  one: Pointer;
begin
  for one in TTable(context^) do
    if (one <> nil) and (text_of(PDmsJob(one).id) = text_of(job.id)) then
      Exit(refused(error, DMS_REFUSED, 'This name is taken.'));
  result := add_item(TTable(context^), job);
end;
function add_handler(context: Pointer; handler: PDmsEventHandler; error: PDmsError): UInt64; cdecl;
begin
  { What this host asks and tells about. }
  if not AnsiMatchStr(text_of(handler.event), ['user.deactivating', 'user.deactivated', 'user.activated']) then
    Exit(refused(error, DMS_UNSUPPORTED, 'This host does not tell about that.'));
  result := add_item(TTable(context^), handler);
end;
procedure remove_item(context: Pointer; handle: UInt64); cdecl;
begin
  TTable(context^)[handle] := nil;
end;
procedure wake(context: Pointer; id: TDmsStr); cdecl;
begin
end;
function add_menu(context: Pointer; entry: PDmsMenuEntry; error: PDmsError): UInt64; cdecl;
begin
  for result := 1 to most_items do
    if menus[result] = '' then begin
      menus[result] := text_of(entry.path);
      Exit;
    end;
  result := 0;
end;
procedure remove_menu(context: Pointer; handle: UInt64); cdecl;
begin
  menus[handle] := '';
end;
function add_right(context: Pointer; right: PDmsRight; error: PDmsError): UInt64; cdecl;
begin
  for result := 1 to most_items do
    if rights[result, 0] = '' then begin
      rights[result, 0] := text_of(right.id);
      rights[result, 1] := text_of(right.default_roles);
      Exit;
    end;
  result := 0;
end;
procedure remove_right(context: Pointer; handle: UInt64); cdecl;
begin
  rights[handle, 0] := '';
end;

{ --- what is offered --- }
const
  storage: TDmsStorage = (context: nil; data_directory: data_directory; database: nothing_written);
  settings: TDmsSettings = (context: nil; get: setting);
  directory: TDmsDirectory = (context: nil; generation: generation; users: all_users; locations: all_locations);
  customer_service: TDmsCustomers = (context: nil; find: find_customers; get: get_customer; create: create_customer);
  contact_service: TDmsContacts = (context: nil; create: create_contact; list: list_contacts; reassign: reassign;
    end_: end_contacts);
  menu: TDmsMenu = (context: nil; add: add_menu; remove: remove_menu);
  right_registry: TDmsRights = (context: nil; add: add_right; remove: remove_right);
  screen_registry: TDmsScreens = (context: @screens; add: add_screen; remove: remove_item);
  imports: TDmsImports = (context: @hooks; add: add_hook; remove: remove_item);
  job_registry: TDmsJobs = (context: @jobs; add: add_job; remove: remove_item; wake: wake);
  events: TDmsEvents = (context: @handlers; add: add_handler; remove: remove_item);
  services: array[1..11] of record id: string; table: Pointer; end = ((id: DMS_STORAGE_ID; table: @storage),
    (id: DMS_SETTINGS_ID; table: @settings), (id: DMS_DIRECTORY_ID; table: @directory),
    (id: DMS_CUSTOMERS_ID; table: @customer_service), (id: DMS_CONTACTS_ID; table: @contact_service),
    (id: DMS_MENU_ID; table: @menu), (id: DMS_RIGHTS_ID; table: @right_registry),
    (id: DMS_SCREENS_ID; table: @screen_registry), (id: DMS_IMPORTS_ID; table: @imports),
    (id: DMS_JOBS_ID; table: @job_registry), (id: DMS_EVENTS_ID; table: @events));

function get_service(host: PDmsHost; id: TDmsStr): Pointer; cdecl;
var
  at: Integer;
begin
  result := nil;
  for at := Low(services) to High(services) do
    if services[at].id = text_of(id) then result := services[at].table;
end;

initialization
  this_host.struct_size := SizeOf(this_host);
  this_host.abi_major := DMS_ABI_MAJOR;
  this_host.abi_minor := DMS_ABI_MINOR;
  this_host.name := str_of('Pascal host');
  this_host.version := str_of('1.0');
  this_host.get_service := get_service;
end.
