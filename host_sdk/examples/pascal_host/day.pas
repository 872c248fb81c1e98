{ One day of a lead in a host that is not ours; every host of these examples does the same and says the same.

    day MANIFEST.json PAYLOAD FOLDER            FOLDER is the plugin's own and is empty
    day MANIFEST.json STEPS.steps FOLDER        any plugin, by steps as in visit_of_the_probe.steps }
program day;

{$mode delphi}{$h+}

uses cthreads, SysUtils, StrUtils, Classes, DynLibs, Unix, BaseUnix, dms_interface, dms, host;

var
  itself: TPerson = (login: ''; name: ''; role: ''; active: True);
  error: TDmsError;

function person(const login: AnsiString): PPerson;
var
  at: Integer;
begin
  for at := Low(people) to High(people) do
    if people[at].login = login then Exit(@people[at]);
  raise Exception.Create('There is nobody of the name ' + login);
end;
function admin: PPerson;
begin
  result := person('admin');
end;
function manager: PPerson;
begin
  result := person('leitung');
end;
function sales: PPerson;
begin
  result := person('verkauf1');
end;

function may(context: Pointer; right: TDmsStr): Int32; cdecl;
begin
  result := Ord(may_do(PPerson(context).role, text_of(right)));
end;
function never(context: Pointer): Int32; cdecl;
begin
  result := 0;
end;
{ A piece may end inside a character: only the whole is text. }
function collect(context: Pointer; bytes: TDmsStr): Int32; cdecl;
begin
  AnsiString(context^) := AnsiString(context^) + text_of(bytes);
  result := DMS_OK;
end;

function call_of(who: PPerson; const channel, request: AnsiString): TDmsCall;
var
  now: TTimeVal;
begin
  FillChar(result, SizeOf(result), 0);
  fpGetTimeOfDay(@now, nil);
  result.struct_size := SizeOf(result);
  result.context := who;
  result.user := str_of(who.login);
  result.user_name := str_of(who.name);
  result.locale := str_of('en');
  result.correlation := str_of('1');
  result.channel := str_of(channel);
  result.request := str_of(request);
  result.now_us := Int64(now.tv_sec) * 1000000 + now.tv_usec;
  result.may := may;
  result.cancelled := never;
end;

{ Nil where there is none for this user: what he may not see does not exist. }
function screen_of(who: PPerson; const id: AnsiString): PDmsScreen;
var
  at: Integer;
begin
  for at := 1 to most_items do begin
    result := screens[at];
    if (result <> nil) and (text_of(result.id) = id) and
      ((result.right.len = 0) or may_do(who.role, text_of(result.right))) then Exit;
  end;
  result := nil;
end;
function into(var text: AnsiString): TDmsSink;
begin
  text := '';
  result.context := @text;
  result.write := collect;
end;

function look(who: PPerson; const id, parameters: AnsiString; var document: AnsiString): Int32;
var
  call: TDmsCall;
  sink: TDmsSink;
  screen: PDmsScreen;
begin
  sink := into(document);
  call := call_of(who, 'web', '');
  screen := screen_of(who, id);
  if screen = nil then Exit(say(@error, DMS_NOT_FOUND, 'There is no such screen.'));
  result := screen.load(screen.context, @call, str_of(parameters), @sink, @error);
end;
function load(who: PPerson; const id, parameters: AnsiString): AnsiString;
begin
  result := '';
  if look(who, id, parameters, result) <> DMS_OK then raise Exception.Create(PAnsiChar(@error.message));
end;

function act(who: PPerson; const id, action, input, request: AnsiString; var answer: AnsiString): Int32;
var
  call: TDmsCall;
  sink: TDmsSink;
  screen: PDmsScreen;
begin
  sink := into(answer);
  call := call_of(who, 'web', request);
  screen := screen_of(who, id);
  if screen = nil then Exit(say(@error, DMS_NOT_FOUND, 'There is no such screen.'));
  result := screen.act(screen.context, @call, str_of(action), str_of(input), @sink, @error);
end;

function read_stream(context: Pointer; buffer: Pointer; capacity: UInt64): Int64; cdecl;
begin
  result := Classes.TStream(context).Read(buffer^, capacity);
end;

function take_in(const source, name: AnsiString; payload: Classes.TStream; var report: AnsiString): Int32;
var
  at: Integer;
  hook: PDmsImportHook;
  call: TDmsCall;
  sink: TDmsSink;
  stream: TDmsStream;
begin
  result := DMS_NOT_FOUND;
  sink := into(report);
  call := call_of(@itself, 'folder', '');
  stream.context := payload;
  stream.read := read_stream;
  for at := 1 to most_items do begin
    hook := hooks[at];
    if (hook <> nil) and (text_of(hook.source) = source) then
      result := hook.run(hook.context, @call, @stream, str_of(name), nil, @sink, @error);
  end;
  payload.Free;
end;
procedure take_in_leads(const occasion, payload: AnsiString);
var
  report: AnsiString;
begin
  if take_in('siebel_nissan', 'leads.xml', TFileStream.Create(payload, fmOpenRead), report) <> DMS_OK then
    raise Exception.Create(PAnsiChar(@error.message));
  WriteLn(occasion, ' accepted ', member(report, 'accepted'), ' repeated ', member(report, 'repeated'),
    ' quarantined ', member(report, 'quarantined'));
end;

function rows_of(const document: AnsiString): Integer;
var
  at: Integer;
begin
  result := 0;
  at := Pos('"rows":[', document);
  while at > 0 do begin
    at := PosEx('"cells":', document, at + 1);
    if at > 0 then Inc(result);
  end;
end;
function first_id(const document: AnsiString): AnsiString;
var
  at: Integer;
begin
  at := PosEx('"id":"', document, Pos('"rows":[', document));
  while (at > 0) and not (document[at + 6] in ['0'..'9']) do at := PosEx('"id":"', document, at + 1);
  result := member(Copy(document, at, 64), 'id');
end;

function step(who: PPerson; const id, action, more: AnsiString; var answer: AnsiString): AnsiString;
var
  version: AnsiString;
begin
  version := member(load(who, 'leads.lead', '{"id":"' + id + '"}'), 'version');
  result := word_of(act(who, 'leads.lead', action, '{"id":"' + id + '","version":"' + version + '",' + more + '}', '', answer));
end;

procedure work(const id: AnsiString);
var
  assign, answer, status: AnsiString;
begin
  assign := '{"id":"' + id + '","version":"' + member(load(manager, 'leads.lead', '{"id":"' + id + '"}'), 'version') +
    '","user":"verkauf1"}';
  WriteLn('assign: ', word_of(act(manager, 'leads.lead', 'assign', assign, 'request-1', answer)));
  WriteLn('the same request again: ', word_of(act(manager, 'leads.lead', 'assign', assign, 'request-1', answer)));
  WriteLn('another one on the old version: ', word_of(act(manager, 'leads.lead', 'assign', assign, 'request-2', answer)));
  status := step(sales, id, 'import', '"take":[]', answer);
  WriteLn('import: ', status, ' customer ', member(answer, 'customer'));
  WriteLn('contact_result: ', step(sales, id, 'contact_result', '"result":"reached","comment":"Gr'#$C3#$BC#$C3#$9F'e"', answer));
  WriteLn('close: ', step(sales, id, 'close', '"reason":"sale","state":"won"', answer));
end;

function run_jobs: Integer;
var
  at: Integer;
  job: PDmsJob;
  call: TDmsCall;
  sink: TDmsSink;
  line: AnsiString;
begin
  result := 0;
  for at := 1 to most_items do begin
    job := jobs[at];
    if job = nil then Continue;
    sink := into(line);
    call := call_of(@itself, 'job', '');
    if job.run(job.context, @call, @sink, @error) <> DMS_OK then Inc(result);
  end;
end;

procedure print_menus;
var
  at: Integer;
  sorted: TStringList;
begin
  sorted := TStringList.Create;
  sorted.Sorted := True;
  sorted.Duplicates := dupIgnore;
  for at := 1 to most_items do if menus[at] <> '' then sorted.Add(menus[at]);
  Write('menus:');
  for at := 0 to sorted.Count - 1 do Write(' ', sorted[at]);
  WriteLn;
  sorted.Free;
end;

procedure run_day(const payload: AnsiString);
var
  overview, answer: AnsiString;
begin
  print_menus;
  take_in_leads('taken in:', payload);
  take_in_leads('taken in again:', payload);
  WriteLn('seen before anybody may: ', rows_of(load(manager, 'leads.overview', '{"tab":"all"}')));
  WriteLn('grant: ', word_of(act(admin, 'leads.settings', 'grant',
    '{"user":"leitung","category":"siebel_nissan","scope":"all"}', '', answer)));
  overview := load(manager, 'leads.overview', '{"tab":"all"}');
  WriteLn('overview: ', rows_of(overview));
  work(first_id(overview));
  WriteLn('jobs that failed: ', run_jobs);
  WriteLn('customers: ', customers.count, ' contacts: ', contacts.count);
  WriteLn('feedback: ', IfThen(rows_of(load(admin, 'leads.feedback_log', '{}')) > 0, 'True', 'False'));
end;

{ Everybody hears of it; the first status that is not ok. }
function tell(const event: AnsiString; who: PPerson): Int32;
var
  at: Integer;
  status: Int32;
  data: AnsiString;
  handler: PDmsEventHandler;
  call: TDmsCall;
begin
  result := DMS_OK;
  data := '{"user":"' + who.login + '"}';
  for at := 1 to most_items do begin
    handler := handlers[at];
    if (handler = nil) or (text_of(handler.event) <> event) then Continue;
    call := call_of(admin, 'event', '');
    status := handler.handle(handler.context, @call, str_of(data), @error);
    if result = DMS_OK then result := status;
  end;
end;
{ A plugin may refuse that somebody goes, and is told once he has gone or come. }
function go(who: PPerson; active: Boolean): Int32;
begin
  result := DMS_OK;
  if not active then result := tell('user.deactivating', who);
  if result <> DMS_OK then Exit;
  set_active(who^, active);
  tell(IfThen(active, 'user.activated', 'user.deactivated'), who);
end;

{ One step, and how it ended. }
function take(const words: TStringList): Int32;
var
  text: AnsiString;
begin
  case AnsiIndexStr(words[0], ['load', 'act', 'take_in', 'jobs']) of
    0: result := look(person(words[1]), words[2], words[3], text);
    1: result := act(person(words[1]), words[2], words[3], words[4], words[5], text);
    2: result := take_in(words[1], '', TStringStream.Create(words[2]), text);
    3: if run_jobs = 0 then result := DMS_OK else result := DMS_FAILED;
  else result := go(person(words[1]), words[0] = 'activate');
  end;
end;
procedure visit(const steps: AnsiString);
var
  lines, words: TStringList;
  line: AnsiString;
begin
  lines := TStringList.Create;
  words := TStringList.Create;
  words.Delimiter := #9;
  words.StrictDelimiter := True;
  words.QuoteChar := #0;
  lines.LoadFromFile(steps);
  for line in lines do begin
    words.DelimitedText := line;
    WriteLn(words[0], ': ', word_of(take(words)));
  end;
  words.Free;
  lines.Free;
end;

procedure check(status: Int32);
begin
  if status <> DMS_OK then raise Exception.Create(PAnsiChar(@error.message));
end;

var
  manifest: TStringList;
  library_: TLibHandle;
  get_entry: TDmsPluginGetEntryFunction;
  entry: PDmsPluginEntry;
  plugin: PDmsPlugin;
  call: TDmsCall;
  sink: TDmsSink;
  about: AnsiString;
begin
  manifest := TStringList.Create;
  manifest.LoadFromFile(ParamStr(1));
  data_folder := ParamStr(3);
  error.struct_size := SizeOf(error);
  library_ := LoadLibrary(ExtractFilePath(ExpandFileName(ParamStr(1))) + member(manifest.Text, 'file'));
  @get_entry := GetProcAddress(library_, DMS_PLUGIN_ENTRY_SYMBOL);
  if not Assigned(get_entry) then raise Exception.Create('The library cannot be loaded.');
  entry := get_entry();
  if (entry.struct_size < DMS_PLUGIN_ENTRY_SIZE_1_0) or (entry.abi_major <> DMS_ABI_MAJOR) then raise Exception.Create('Another interface.');
  check(entry.init(@error));
  sink := into(about);
  check(entry.describe(@sink, @error));
  if member(about, 'id') <> member(manifest.Text, 'id') then raise Exception.Create('The library is another plugin.');
  plugin := entry.create(@error);
  if (plugin = nil) or (plugin.struct_size < DMS_PLUGIN_SIZE_1_0) then raise Exception.Create('There is no instance.');
  call := call_of(@itself, 'command_line', '');
  check(plugin.init(plugin, @this_host, @error));
  check(plugin.activate(plugin, @call, nil, @error));
  WriteLn('plugin: ', member(manifest.Text, 'id'));
  if EndsStr('.steps', ParamStr(2)) then visit(ParamStr(2)) else run_day(ParamStr(2));
  plugin.deactivate(plugin);
  plugin.destroy(plugin);
  entry.deinit();
  WriteLn('stopped');
end.
