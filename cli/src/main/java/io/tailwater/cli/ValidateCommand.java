package io.tailwater.cli;
@picocli.CommandLine.Command(name="validate")
final class ValidateCommand implements Runnable { @Override public void run() {} }
