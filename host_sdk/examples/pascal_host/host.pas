{ Services over a few arrays, and what the plugin registered. A vendor puts the own master data in their place. }
unit host;

{$mode delphi}{$h+}{$packrecords c}

interface

uses dms;

const
  most_items = 64;

type
  TKept = record key, reference, document: AnsiString; ended: Integer; end;
  TRecords = record items: array[0..most_items - 1] of TKept; count: Integer; end;
  TTable = array[1..most_items] of Pointer;

var
  customers, contacts: TRecords;
  screens, hooks, jobs, handlers: TTable;
  menus: array[1..most_items] of AnsiString;
  rights: array[1..most_items, 0..1] of AnsiString;
  data_folder: AnsiString;
  this_host: THost;

{ The first text or number behind "name": in a document; empty where there is none. A real host has a JSON library. }
function member(const document, name: AnsiString): AnsiString;
{ The host itself, which has no role, has every right. }
function may_do(const role, right: AnsiString): Boolean;

implementation

uses SysUtils, StrUtils;

const
  users = '[{"id":"admin","name":"Ada Wimmer","active":true,"roles":["admin"],"locations":[]},' +
    '{"id":"leitung","name":"Maria Leitner","active":true,"roles":["manager"],"locations":["wien"]},' +
    '{"id":"verkauf1","name":"Lukas Steiner","active":true,"roles":["sales"],"locations":["wien"]}]';
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
function data_directory(context: Pointer; path: PSink; error: PError): Int32; cdecl;
begin
  result := put(path, data_folder);
end;
function nothing_written(context: Pointer; connection: PSink; error: PError): Int32; cdecl;
begin
  result := status_ok;
end;
function setting(context: Pointer; key: TStr; value: PSink; error: PError): Int32; cdecl;
begin
  if text_of(key) = 'locale' then result := put(value, 'en') else result := status_not_found;
end;
function generation(context: Pointer): Int64; cdecl;
begin
  result := 1;
end;
function all_users(context: Pointer; json: PSink; error: PError): Int32; cdecl;
begin
  result := put(json, users);
end;
function all_locations(context: Pointer; json: PSink; error: PError): Int32; cdecl;
begin
  result := put(json, locations);
end;

{ --- records: the document without its closing brace, and what the host adds to it --- }
function written(const one: TKept; number: Integer): AnsiString;
begin
  result := one.document + ',"id":"' + IntToStr(number) + '","done_us":' + IntToStr(one.ended) + ',"result":""}';
end;
{ What was made under a key is answered again, and never made twice. }
function make(var kept: TRecords; first: Integer; const key, document: AnsiString; json: PSink): Int32;
var
  at: Integer;
begin
  for at := 0 to kept.count - 1 do
    if kept.items[at].key = key then Exit(put(json, written(kept.items[at], first + at)));
  at := kept.count;
  kept.items[at].key := key;
  kept.items[at].reference := member(document, 'reference');
  kept.items[at].document := Copy(document, 1, Length(document) - 1);
  Inc(kept.count);
  result := put(json, written(kept.items[at], first + at));
end;
function find_customers(context: Pointer; query: TStr; json: PSink; error: PError): Int32; cdecl;
begin
  result := put(json, '[]');
end;
function get_customer(context: Pointer; id: TStr; json: PSink; error: PError): Int32; cdecl;
var
  at: Integer;
begin
  at := StrToIntDef(text_of(id), 0) - 10000;
  if (at < 0) or (at >= customers.count) then Exit(status_not_found);
  result := put(json, written(customers.items[at], 10000 + at));
end;
function create_customer(context: Pointer; call: PCall; key, document: TStr; json: PSink; error: PError): Int32; cdecl;
begin
  result := make(customers, 10000, text_of(key), text_of(document), json);
end;
function create_contact(context: Pointer; call: PCall; key, document: TStr; json: PSink; error: PError): Int32; cdecl;
begin
  result := make(contacts, 1, text_of(key), text_of(document), json);
end;
function list_contacts(context: Pointer; reference: TStr; json: PSink; error: PError): Int32; cdecl;
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
function reassign(context: Pointer; call: PCall; reference, user: TStr; error: PError): Int32; cdecl;
begin
  result := status_ok; { the lists of this host are one }
end;
function end_contacts(context: Pointer; call: PCall; reference: TStr; error: PError): Int32; cdecl;
var
  at: Integer;
begin
  for at := 0 to contacts.count - 1 do
    if contacts.items[at].reference = text_of(reference) then contacts.items[at].ended := 1;
  result := status_ok;
end;

{ --- registries; their context is the table that they fill --- }
function add_item(context: Pointer; item: Pointer; error: PError): UInt64; cdecl;
begin
  for result := 1 to most_items do
    if TTable(context^)[result] = nil then begin
      TTable(context^)[result] := item;
      Exit;
    end;
  result := 0;
end;
procedure remove_item(context: Pointer; handle: UInt64); cdecl;
begin
  TTable(context^)[handle] := nil;
end;
procedure wake(context: Pointer; id: TStr); cdecl;
begin
end;
function add_menu(context: Pointer; entry: PMenuEntry; error: PError): UInt64; cdecl;
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
function add_right(context: Pointer; right: PRight; error: PError): UInt64; cdecl;
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

type
  { A service: its context, then its functions; none of ours has more than four. }
  TService = record id: AnsiString; raw: record context: Pointer; functions: array[1..4] of Pointer; end; end;

var
  services: array[1..11] of TService;

procedure offer(number: Integer; const id: AnsiString; context, one: Pointer; two: Pointer = nil; three: Pointer = nil;
  four: Pointer = nil);
begin
  services[number].id := id;
  services[number].raw.context := context;
  services[number].raw.functions[1] := one;
  services[number].raw.functions[2] := two;
  services[number].raw.functions[3] := three;
  services[number].raw.functions[4] := four;
end;

function get_service(host: PHost; id: TStr): Pointer; cdecl;
var
  at: Integer;
begin
  result := nil;
  for at := Low(services) to High(services) do
    if services[at].id = text_of(id) then result := @services[at].raw;
end;

initialization
  offer(1, 'dms.storage/1', nil, @data_directory, @nothing_written);
  offer(2, 'dms.settings/1', nil, @setting);
  offer(3, 'dms.directory/1', nil, @generation, @all_users, @all_locations);
  offer(4, 'dms.customers/1', nil, @find_customers, @get_customer, @create_customer);
  offer(5, 'dms.contacts/1', nil, @create_contact, @list_contacts, @reassign, @end_contacts);
  offer(6, 'dms.menu/1', nil, @add_menu, @remove_menu);
  offer(7, 'dms.rights/1', nil, @add_right, @remove_right);
  offer(8, 'dms.screens/1', @screens, @add_item, @remove_item);
  offer(9, 'dms.imports/1', @hooks, @add_item, @remove_item);
  offer(10, 'dms.jobs/1', @jobs, @add_item, @remove_item, @wake);
  offer(11, 'dms.events/1', @handlers, @add_item, @remove_item);
  this_host.struct_size := SizeOf(this_host);
  this_host.abi_major := 1;
  this_host.name := str_of('Pascal host');
  this_host.version := str_of('1.0');
  this_host.get_service := get_service;
end.
