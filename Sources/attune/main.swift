import AttuneCommands

Program.main()
