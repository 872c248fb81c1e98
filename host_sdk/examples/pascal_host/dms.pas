{ What the bindings (host_sdk/bindings/dms_interface.pas) leave to the host: texts that are lent and read. }
unit dms;

{$mode delphi}{$h+}

interface

uses dms_interface;

{ Borrowed: lives as long as `text` does. }
function str_of(const text: AnsiString): TDmsStr;
function text_of(const borrowed: TDmsStr): AnsiString;
function put(sink: PDmsSink; const text: AnsiString): Int32;
{ A status that this version does not name is read as failed. }
function word_of(status: Int32): AnsiString;
{ Into the error of the other side, where there is one with the room; returns the status. }
function say(error: PDmsError; status: Int32; const sentence: AnsiString): Int32;

implementation

function str_of(const text: AnsiString): TDmsStr;
begin
  result.ptr := PAnsiChar(text);
  result.len := length(text);
end;

function text_of(const borrowed: TDmsStr): AnsiString;
begin
  SetString(result, PAnsiChar(borrowed.ptr), borrowed.len);
end;

function put(sink: PDmsSink; const text: AnsiString): Int32;
begin
  result := sink.write(sink.context, str_of(text));
end;

function word_of(status: Int32): AnsiString;
begin
  if (status < Low(DMS_STATUS_WORDS)) or (status > High(DMS_STATUS_WORDS)) then Exit('failed');
  result := DMS_STATUS_WORDS[status];
end;

function say(error: PDmsError; status: Int32; const sentence: AnsiString): Int32;
begin
  result := status;
  if (error = nil) or (error.struct_size < DMS_ERROR_SIZE_1_0) then Exit;
  error.code := status;
  FillChar(error.message, SizeOf(error.message), 0);
  Move(PAnsiChar(sentence)^, error.message, Length(sentence)); { sentences of ours, which are short }
end;

end.
