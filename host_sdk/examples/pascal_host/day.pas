{ One day of a lead in a host that is not ours; every host of these examples does the same and says the same.

    day MANIFEST.json PAYLOAD FOLDER      FOLDER is the plugin's own and is empty }
program day;

{$mode delphi}{$h+}

uses cthreads, SysUtils, StrUtils, Classes, DynLibs, Unix, BaseUnix, dms, host;

type
  TPerson = record login, name, role: AnsiString; end;
  PPerson = ^TPerson;

var
  admin: TPerson = (login: 'admin'; name: 'Ada Wimmer'; role: 'admin');
  manager: TPerson = (login: 'leitung'; name: 'Maria Leitner'; role: 'manager');
  sales: TPerson = (login: 'verkauf1'; name: 'Lukas Steiner'; role: 'sales');
  itself: TPerson = (login: ''; name: ''; role: '');
  error: TError;

function may(context: Pointer; right: TStr): Int32; cdecl;
begin
  result := Ord(may_do(PPerson(context).role, text_of(right)));
end;
function never(context: Pointer): Int32; cdecl;
begin
  result := 0;
end;
{ A piece may end inside a character: only the whole is text. }
function collect(context: Pointer; bytes: TStr): Int32; cdecl;
begin
  AnsiString(context^) := AnsiString(context^) + text_of(bytes);
  result := status_ok;
end;

function call_of(var who: TPerson; const channel, request: AnsiString): TCall;
var
  now: TTimeVal;
begin
  FillChar(result, SizeOf(result), 0);
  fpGetTimeOfDay(@now, nil);
  result.struct_size := SizeOf(result);
  result.context := @who;
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

function screen_of(const who: TPerson; const id: AnsiString): PScreen;
var
  at: Integer;
begin
  for at := 1 to most_items do begin
    result := screens[at];
    if (result <> nil) and (text_of(result.id) = id) and
      ((result.right.len = 0) or may_do(who.role, text_of(result.right))) then Exit;
  end;
  raise Exception.Create('There is no screen ' + id);
end;

function load(var who: TPerson; const id, parameters: AnsiString): AnsiString;
var
  call: TCall;
  sink: TSink;
  screen: PScreen;
begin
  result := '';
  sink.context := @result;
  sink.write := collect;
  call := call_of(who, 'web', '');
  screen := screen_of(who, id);
  if screen.load(screen.context, @call, str_of(parameters), @sink, @error) <> status_ok then
    raise Exception.Create(PAnsiChar(@error.message));
end;

function act(var who: TPerson; const id, action, input, request: AnsiString; out answer: AnsiString): AnsiString;
var
  call: TCall;
  sink: TSink;
  screen: PScreen;
begin
  answer := '';
  sink.context := @answer;
  sink.write := collect;
  call := call_of(who, 'web', request);
  screen := screen_of(who, id);
  result := status_words[screen.act(screen.context, @call, str_of(action), str_of(input), @sink, @error)];
end;

function read_stream(context: Pointer; buffer: Pointer; capacity: UInt64): Int64; cdecl;
begin
  result := TFileStream(context).Read(buffer^, capacity);
end;

procedure take_in(const occasion, payload: AnsiString);
var
  at: Integer;
  hook: PImportHook;
  call: TCall;
  sink: TSink;
  stream: dms.TStream;
  from: TFileStream;
  report: AnsiString;
begin
  report := '';
  sink.context := @report;
  sink.write := collect;
  call := call_of(itself, 'folder', '');
  for at := 1 to most_items do begin
    hook := hooks[at];
    if (hook = nil) or (text_of(hook.source) <> 'siebel_nissan') then Continue;
    from := TFileStream.Create(payload, fmOpenRead);
    stream.context := from;
    stream.read := read_stream;
    if hook.run(hook.context, @call, @stream, str_of('leads.xml'), nil, @sink, @error) <> status_ok then
      raise Exception.Create(PAnsiChar(@error.message));
    from.Free;
  end;
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

function step(var who: TPerson; const id, action, more: AnsiString; out answer: AnsiString): AnsiString;
var
  version: AnsiString;
begin
  version := member(load(who, 'leads.lead', '{"id":"' + id + '"}'), 'version');
  result := act(who, 'leads.lead', action, '{"id":"' + id + '","version":"' + version + '",' + more + '}', '', answer);
end;

procedure work(const id: AnsiString);
var
  assign, answer, status: AnsiString;
begin
  assign := '{"id":"' + id + '","version":"' + member(load(manager, 'leads.lead', '{"id":"' + id + '"}'), 'version') +
    '","user":"verkauf1"}';
  WriteLn('assign: ', act(manager, 'leads.lead', 'assign', assign, 'request-1', answer));
  WriteLn('the same request again: ', act(manager, 'leads.lead', 'assign', assign, 'request-1', answer));
  WriteLn('another one on the old version: ', act(manager, 'leads.lead', 'assign', assign, 'request-2', answer));
  status := step(sales, id, 'import', '"take":[]', answer);
  WriteLn('import: ', status, ' customer ', member(answer, 'customer'));
  WriteLn('contact_result: ', step(sales, id, 'contact_result', '"result":"reached","comment":"Gr'#$C3#$BC#$C3#$9F'e"', answer));
  WriteLn('close: ', step(sales, id, 'close', '"reason":"sale","state":"won"', answer));
end;

function run_jobs: Integer;
var
  at: Integer;
  job: PJob;
  call: TCall;
  sink: TSink;
  line: AnsiString;
begin
  result := 0;
  for at := 1 to most_items do begin
    job := jobs[at];
    if job = nil then Continue;
    line := '';
    sink.context := @line;
    sink.write := collect;
    call := call_of(itself, 'job', '');
    if job.run(job.context, @call, @sink, @error) <> status_ok then Inc(result);
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
  take_in('taken in:', payload);
  take_in('taken in again:', payload);
  WriteLn('seen before anybody may: ', rows_of(load(manager, 'leads.overview', '{"tab":"all"}')));
  WriteLn('grant: ', act(admin, 'leads.settings', 'grant',
    '{"user":"leitung","category":"siebel_nissan","scope":"all"}', '', answer));
  overview := load(manager, 'leads.overview', '{"tab":"all"}');
  WriteLn('overview: ', rows_of(overview));
  work(first_id(overview));
  WriteLn('jobs that failed: ', run_jobs);
  WriteLn('customers: ', customers.count, ' contacts: ', contacts.count);
  WriteLn('feedback: ', IfThen(rows_of(load(admin, 'leads.feedback_log', '{}')) > 0, 'True', 'False'));
end;

procedure check(status: Int32);
begin
  if status <> status_ok then raise Exception.Create(PAnsiChar(@error.message));
end;

var
  manifest: TStringList;
  library_: TLibHandle;
  get_entry: TGetEntry;
  entry: PEntry;
  plugin: PPlugin;
  call: TCall;
begin
  manifest := TStringList.Create;
  manifest.LoadFromFile(ParamStr(1));
  data_folder := ParamStr(3);
  error.struct_size := SizeOf(error);
  library_ := LoadLibrary(ExtractFilePath(ExpandFileName(ParamStr(1))) + member(manifest.Text, 'file'));
  @get_entry := GetProcAddress(library_, 'dms_plugin_get_entry');
  if not Assigned(get_entry) then raise Exception.Create('The library cannot be loaded.');
  entry := get_entry();
  if (entry.struct_size < entry_size_1_0) or (entry.abi_major <> 1) then raise Exception.Create('Another interface.');
  check(entry.init(@error));
  plugin := entry.create(@error);
  if (plugin = nil) or (plugin.struct_size < plugin_size_1_0) then raise Exception.Create('There is no instance.');
  call := call_of(itself, 'command_line', '');
  check(plugin.init(plugin, @this_host, @error));
  check(plugin.activate(plugin, @call, nil, @error));
  WriteLn('plugin: ', member(manifest.Text, 'id'));
  run_day(ParamStr(2));
  plugin.deactivate(plugin);
  plugin.destroy(plugin);
  entry.deinit();
  WriteLn('stopped');
end.
